import { startTriggers, type RunningTriggers } from "../../trigger-runner/startTriggers.ts";
import type { LogEntry } from "../../trigger-runner/log.ts";
import { TEST_SECRETS } from "./stack.ts";

/** The trigger runner, and what it said. */
export interface Triggers extends RunningTriggers {
  readonly entries: readonly LogEntry[];
  /** What it says of events that will not be handled again. */
  lost(): readonly LogEntry[];
}

interface TriggersOptions {
  readonly mongoUri: string;
  /** Where the function posts. */
  readonly hookUrl: string;
  readonly stateDir: string;
  /** The project's own functions, unless something else is named. */
  readonly functionsDir?: string;
  readonly secret?: string;
}

/** Runs the project's triggers against a database. */
export async function runTriggers(options: TriggersOptions): Promise<Triggers> {
  const entries: LogEntry[] = [];
  const { stop } = await startTriggers({
    mongoUri: options.mongoUri,
    functionsDir: options.functionsDir ?? new URL("../../atlas-functions", import.meta.url).pathname,
    stateDir: options.stateDir,
    values: { hookUrl: options.hookUrl, hookSecret: options.secret ?? TEST_SECRETS.ATLAS_HOOK_SECRET },
    log: (entry) => entries.push(entry),
  });
  return { entries, stop, lost: () => entries.filter(({ level }) => level === "error") };
}
