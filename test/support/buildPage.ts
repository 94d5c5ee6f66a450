import { build } from "vite";

/** Builds the page once before all tests: the Worker serves what is in dist/. */
export default async function buildPage(): Promise<void> {
  await build({ configFile: "web/vite.config.ts", root: "web", logLevel: "warn" });
}
