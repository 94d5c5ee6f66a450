import { fileURLToPath } from "node:url";
import { exampleApp } from "./exampleApp.ts";
import { runApp } from "./runApp.ts";

// `npm run example -- <name>`

const root = fileURLToPath(new URL("..", import.meta.url));
runApp(root, () => exampleApp(root, process.argv[2]));
