import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { StartError } from "./StartError.ts";

/** What the page is made of. */
const SOURCES = ["web", "protocol", "package-lock.json"];

/** Builds the page, unless it is newer than everything it is made of. @throws StartError when it can't be built. */
export async function ensurePage(root: string): Promise<void> {
  const built = await changedAt(join(root, "dist/index.html"));
  const sources = await Promise.all(SOURCES.map((source) => newestIn(join(root, source))));
  if (built > Math.max(...sources)) return;
  try {
    // Half a second to load: only where there is something to build.
    const { build } = await import("vite");
    await build({
      configFile: join(root, "web/vite.config.ts"),
      root: join(root, "web"),
      logLevel: "silent",
    });
  } catch (error) {
    const [reason] = String(error).split("\n");
    throw new StartError(`The page can't be built (${reason}): \`npm run build\` says more.`);
  }
}

async function newestIn(path: string): Promise<number> {
  const names = await readdir(path, { recursive: true }).catch(() => []);
  const times = await Promise.all([path, ...names.map((name) => join(path, name))].map(changedAt));
  return Math.max(...times);
}

/** Milliseconds since 1970; 0 for what is not there. */
async function changedAt(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
