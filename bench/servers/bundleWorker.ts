import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { ROOT } from "./root.ts";

const run = promisify(execFile);

/** Bundles a Worker as a deployment would. `entry` takes the place of the configuration's own. */
export async function bundleWorker(configPath: string, folder: string, entry?: string): Promise<void> {
  const wrangler = join(ROOT, "node_modules/wrangler/bin/wrangler.js");
  const entries = entry === undefined ? [] : [entry];
  const args = ["deploy", ...entries, "--dry-run", "--config", configPath, "--outdir", folder];
  await run(process.execPath, [wrangler, ...args], {
    cwd: ROOT,
    env: { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "true" },
  });
}
