import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { ROOT } from "./root.ts";

const run = promisify(execFile);

/** Bundles a Worker as a deployment would. Answers the path of the bundle. */
export async function bundleWorker(configPath: string, folder: string): Promise<string> {
  const wrangler = join(ROOT, "node_modules/wrangler/bin/wrangler.js");
  await run(process.execPath, [wrangler, "deploy", "--dry-run", "--config", configPath, "--outdir", folder], {
    cwd: ROOT,
    env: { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "true" },
  });
  return join(folder, "index.js");
}
