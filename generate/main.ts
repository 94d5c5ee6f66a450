import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { DeclarationError } from "../streams/declare/DeclarationError.ts";
import { generate } from "./generate.ts";

// `npm run generate`, and `npm run generate -- --check`, which writes nothing.

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
  const root = fileURLToPath(new URL("..", import.meta.url));
  const wrong = await generate(root, { writes: !values.check });
  if (!values.check) {
    for (const path of wrong) console.log(`${path} is up to date again.`);
    return;
  }
  for (const path of wrong) console.error(`${path} is not what \`npm run generate\` makes.`);
  if (wrong.length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  if (!(error instanceof DeclarationError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
});
