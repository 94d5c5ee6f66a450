import { fileURLToPath } from "node:url";
import { onStop } from "../processes/onStop.ts";
import { whenParentGone } from "../processes/whenParentGone.ts";
import { startServer } from "./server.ts";
import { explainFailure, readSettings, StartError } from "./settings.ts";

// `npm run db`: the database in a process of its own. To who started it with an IPC channel, it says its port.

async function main(): Promise<void> {
  const settings = readSettings(process.env, fileURLToPath(new URL("..", import.meta.url)));
  const server = await startServer(settings).catch((error: unknown) => {
    throw explainFailure(error, settings);
  });
  onStop(() => server.close());
  whenParentGone(() => process.kill(process.pid, "SIGTERM"));
  if (process.send !== undefined) return void process.send({ port: server.port });
  console.log(`The database listens on 127.0.0.1:${server.port}, its data are in ${settings.dataDir}.`);
  console.log(`Connect with: mongodb://127.0.0.1:${server.port}/?replicaSet=rs0`);
}

main().catch((error: unknown) => {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
});
