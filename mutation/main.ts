import { fileURLToPath } from "node:url";

import { readOptions } from "./options.ts";
import { tryArea } from "./tryArea.ts";
import { WorkingCopy } from "./WorkingCopy.ts";

// `npm run mutation [-- client protocol hub] [--seed N] [--count N] [--only TEXT] [--quick]`

const ROOT = fileURLToPath(new URL("..", import.meta.url));

const options = readOptions(process.argv.slice(2));
const copy = new WorkingCopy(ROOT);
process.on("exit", () => copy.remove());
process.on("SIGINT", () => process.exit(130));
process.on("SIGTERM", () => process.exit(143));
for (const area of options.areas) await tryArea(area, copy, options);
