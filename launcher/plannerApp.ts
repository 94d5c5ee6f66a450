import { join } from "node:path";
import { generate } from "../generate/generate.ts";
import { ensurePage } from "./ensurePage.ts";
import type { LocalApp } from "./LocalApp.ts";
import { JON, seedDemo } from "./demo/seedDemo.ts";
import { welcome } from "./welcome.ts";

/** The planner: what `npm start` starts. @param root of the project, absolute. */
export function plannerApp(root: string): LocalApp {
  return {
    title: "Mealcast",
    database: "mealcast",
    dataDir: ".data",
    worker: { config: join(root, "wrangler.toml") },
    async prepare() {
      // First, because the page is older than what it is built from.
      await generate(root, { writes: true });
      await ensurePage(root);
      return join(root, "atlas-functions");
    },
    sendsMails: true,
    demoVars: { DEMO_ACCOUNT: JON.email },
    seed: seedDemo,
    welcome: (settings) => welcome(settings, new Date()),
  };
}
