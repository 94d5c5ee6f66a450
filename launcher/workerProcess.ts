import { fileURLToPath } from "node:url";
import { unstable_startWorker } from "wrangler";
import { z } from "zod";
import { onStop } from "../processes/onStop.ts";
import { onRuntimeExit } from "./onRuntimeExit.ts";

// The Worker and its Durable Objects on workerd, in a process of its own. Wrangler's own command would do the same, but
// takes secrets on its command line and does not notice that its parent is gone.

const { WORKER_SETTINGS } = z.object({ WORKER_SETTINGS: z.string() }).parse(process.env);

const settings = z
  .strictObject({
    worker: z
      .strictObject({
        config: z.string(),
        name: z.string().optional(),
        entrypoint: z.string().optional(),
        assets: z.string().optional(),
      })
      .default({ config: fileURLToPath(new URL("../wrangler.toml", import.meta.url)) }),
    port: z.number(),
    stateDir: z.string(),
    vars: z.record(z.string(), z.string()),
    secrets: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(WORKER_SETTINGS));

function bindings(type: "plain_text" | "secret_text", values: Readonly<Record<string, string>>) {
  return Object.entries(values).map(([name, value]) => [name, { type, value }] as const);
}

let stopping = false;

onRuntimeExit((sentence) => {
  if (stopping) return;
  console.error(sentence);
  process.exit(1);
});

const starting = unstable_startWorker({
  ...settings.worker,
  bindings: Object.fromEntries([
    ...bindings("plain_text", settings.vars),
    ...bindings("secret_text", settings.secrets),
  ]),
  dev: {
    server: { hostname: "127.0.0.1", port: settings.port },
    persist: settings.stateDir,
    // What the Worker itself says comes by the handler; the rest is about its bundle.
    logLevel: "error",
    structuredLogsHandler: ({ message }: { readonly message: string }) => console.log(message),
    inspector: false,
    watch: false,
  },
});

onStop(async () => {
  stopping = true;
  await (await starting).dispose();
});
const worker = await starting;
await worker.ready;
process.send?.("ready");
