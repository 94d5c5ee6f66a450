import { DeclarationError } from "../streams/declare/DeclarationError.ts";
import { Children } from "./Children.ts";
import type { LocalApp } from "./LocalApp.ts";
import { descriptorLimit, requireDescriptors } from "./descriptors.ts";
import { readSettings } from "./settings.ts";
import { startAll } from "./startAll.ts";
import { StartError } from "./StartError.ts";
import { onStop } from "../processes/onStop.ts";

/**
 * Runs an app until it is stopped or a part of it ends, with a sentence for everything that goes wrong.
 * @param root of the project, absolute.
 */
export function runApp(root: string, findApp: () => LocalApp | Promise<LocalApp>): void {
  const children = new Children((line) => console.log(line));
  onStop(() => children.stop());
  run(root, findApp, children).catch(async (error: unknown) => {
    console.error(isSentence(error) ? error.message : error);
    await children.stop();
    process.exit(1);
  });
}

async function run(
  root: string,
  findApp: () => LocalApp | Promise<LocalApp>,
  children: Children,
): Promise<never> {
  const app = await findApp();
  const settings = readSettings(process.env, root, app);
  requireDescriptors(descriptorLimit());
  const origin = await startAll(app, settings, children);
  console.log(`\n${app.title} is ready: ${origin}\n\n${app.welcome(settings, origin)}\n`);
  return children.death;
}

function isSentence(error: unknown): error is StartError | DeclarationError {
  return error instanceof StartError || error instanceof DeclarationError;
}
