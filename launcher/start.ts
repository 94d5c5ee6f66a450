import { fileURLToPath } from "node:url";
import { Children } from "./Children.ts";
import { readSettings } from "./settings.ts";
import { startAll } from "./startAll.ts";
import { StartError } from "./StartError.ts";
import { welcome } from "./welcome.ts";
import { onStop } from "../processes/onStop.ts";

const children = new Children((line) => console.log(line));

async function main(): Promise<never> {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const settings = readSettings(process.env, root);
  const origin = await startAll(settings, root, children);
  console.log(`\n${welcome(settings, origin, new Date())}\n`);
  return children.death;
}

onStop(() => children.stop());
main().catch(async (error: unknown) => {
  console.error(error instanceof StartError ? error.message : error);
  await children.stop();
  process.exit(1);
});
