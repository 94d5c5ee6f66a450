import { fileURLToPath } from "node:url";
import { z } from "zod";
import { onStop } from "../processes/onStop.ts";
import type { LogEntry } from "./log.ts";
import { AppError } from "./readApp.ts";
import { startTriggers, type RunningTriggers } from "./startTriggers.ts";

// The trigger runner as a process of its own.

const environment = z.object({
  MONGODB_URI: z.string().regex(/^mongodb(\+srv)?:\/\//, "is a connection string"),
  FUNCTIONS_DIR: z.string().default(fileURLToPath(new URL("../atlas-functions", import.meta.url))),
  TRIGGER_STATE_DIR: z.string(),
  /** A JSON object: values by name, in place of Atlas's. */
  TRIGGER_VALUES: z
    .string()
    .default("{}")
    .transform((text, issue) => parseJson(text, issue))
    .pipe(z.record(z.string(), z.string())),
});

function parseJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue("is not JSON");
    return z.NEVER;
  }
}

function log(entry: LogEntry): void {
  console.log(JSON.stringify({ at: new Date().toISOString(), ...entry }));
}

async function main(): Promise<void> {
  const settings = environment.safeParse(process.env);
  if (!settings.success) throw new AppError(z.prettifyError(settings.error));
  let triggers: RunningTriggers | undefined;
  onStop(async () => triggers?.stop());
  triggers = await startTriggers({
    mongoUri: settings.data.MONGODB_URI,
    functionsDir: settings.data.FUNCTIONS_DIR,
    stateDir: settings.data.TRIGGER_STATE_DIR,
    values: settings.data.TRIGGER_VALUES,
    log,
  });
  log({ level: "info", message: "The triggers are watching" });
  process.send?.("ready");
}

main().catch((error: unknown) => {
  if (!(error instanceof AppError)) throw error;
  log({ level: "error", message: error.message });
  process.exitCode = 1;
});
