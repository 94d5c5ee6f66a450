import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

const ROOT = new URL("../..", import.meta.url).pathname;

/** The Worker as it is, but for one more thing that its hubs can be asked. */
const SOURCE = `
import worker, { Hub as PlannerHub } from ${JSON.stringify(`${ROOT}worker/index.ts`)};
export { Database, Directory, Metrics, UserSessions } from ${JSON.stringify(`${ROOT}worker/index.ts`)};
export class Hub extends PlannerHub {
  crash() {
    this.ctx.abort("A test asked for it");
  }
}
export default worker;
`;

/** A hub that can be told to die with everything that it has in memory, as when the platform moves or updates it. */
export interface CrashableHubs {
  readonly HUBS: { getByName(name: string): { crash(): Promise<void> } };
}

/** Writes such a Worker into a folder. Answers the path of its configuration: the project's own, but for paths. */
export async function writeCrashableWorker(folder: string): Promise<string> {
  const config = await readFile(path.join(ROOT, "wrangler.toml"), "utf8");
  const configPath = path.join(folder, "wrangler.toml");
  const moved = config
    .replace('main = "worker/index.ts"', 'main = "crashable.ts"')
    .replace('directory = "dist"', `directory = ${JSON.stringify(path.join(ROOT, "dist"))}`)
    .replaceAll('"./', `"${ROOT}`);
  await writeFile(path.join(folder, "crashable.ts"), SOURCE);
  await writeFile(configPath, moved);
  return configPath;
}
