import path from "node:path";

import { ChildServer } from "./ChildServer.ts";
import { freePort } from "./freePort.ts";
import { TEST_SECRETS } from "./stack.ts";

const DATABASE = new URL("../../local-atlas/main.ts", import.meta.url);
const WORKER = new URL("../../launcher/workerProcess.ts", import.meta.url);

/** The database as a process that can be killed. Its data are kept in a folder. */
export async function databaseProcess(dataDir: string): Promise<ChildServer> {
  const port = await freePort();
  const env = { MONGODB_PORT: String(port), DATA_DIR: path.join(dataDir, "database") };
  return new ChildServer(DATABASE, port, env);
}

/** The Worker, on a workerd of its own that can be killed. What its objects store is kept in a folder. */
export async function workerProcess(
  dataDir: string,
  mongoUri: string,
  vars: Readonly<Record<string, string>> = {},
): Promise<ChildServer> {
  const port = await freePort();
  const settings = {
    port,
    stateDir: path.join(dataDir, "worker"),
    vars,
    secrets: { ...TEST_SECRETS, MONGODB_URI: mongoUri },
  };
  return new ChildServer(WORKER, port, {
    WORKER_SETTINGS: JSON.stringify(settings),
    WRANGLER_LOG_PATH: path.join(dataDir, "logs"),
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
  });
}
