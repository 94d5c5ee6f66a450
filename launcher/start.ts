import { fileURLToPath } from "node:url";
import { plannerApp } from "./plannerApp.ts";
import { runApp } from "./runApp.ts";

// `npm start`

const root = fileURLToPath(new URL("..", import.meta.url));
runApp(root, () => plannerApp(root));
