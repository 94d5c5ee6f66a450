import { MongoClient, type Document } from "mongodb";
import type { TriggerConfig } from "./appSchemas.ts";
import { SYSTEM_CLOCK, type Clock } from "./clock.ts";
import { FunctionRuntime, thrownMessage } from "./FunctionRuntime.ts";
import type { Log } from "./log.ts";
import { functionOf, readApp } from "./readApp.ts";
import { TokenFile, tokenPath } from "./TokenFile.ts";
import { TriggerWatch } from "./TriggerWatch.ts";

// Atlas runs 10,000 at once. A laptop lacks the sockets: a function gives a slow post up and tries again, while the one it
// gave up goes on, and each takes a socket of the Worker and one of the proxy before it.
const UNORDERED_RUNS = 100;
const FUNCTION_LIMIT_MS = 300_000;
const STOP_GRACE_MS = 1_000;
const UNREACHABLE_AFTER_MS = 3_000;

export interface TriggerOptions {
  /** A replica set or an Atlas cluster. A database named in its path is watched in place of the triggers' own. */
  readonly mongoUri: string;
  /** The folder in the layout that Atlas exports. */
  readonly functionsDir: string;
  /** Values by name, in place of those of the folder and of the secrets that only Atlas has. */
  readonly values: Readonly<Record<string, string>>;
  /** Where resume tokens are kept. One folder per database: a token means nothing to another one. */
  readonly stateDir: string;
  readonly log: Log;
  readonly clock?: Clock;
}

export interface RunningTriggers {
  /** Stops within about a second. Events still in hand are handled again after the next start. */
  stop(): Promise<void>;
}

/**
 * Runs the triggers of an app as Atlas would, on real change streams: each event reaches its function at least once,
 * in this life or a later one. Resolves when changes from now on will be seen.
 * @throws AppError when the folder holds a mistake or something that is not emulated.
 */
export async function startTriggers(options: TriggerOptions): Promise<RunningTriggers> {
  const app = await readApp(options.functionsDir, options.values);
  const { log, clock = SYSTEM_CLOCK } = options;
  const runtime = new FunctionRuntime({ values: app.values, log, clock, limitMs: FUNCTION_LIMIT_MS });
  for (const [name, source] of app.functions) runtime.load(name, source);
  const client = new MongoClient(options.mongoUri, { serverSelectionTimeoutMS: UNREACHABLE_AFTER_MS });
  const watches = app.triggers.map((trigger) => watchFor(trigger, { options, client, runtime }));
  const runs = watches.map((watch) => watch.run());
  await Promise.all(watches.map((watch) => watch.opened));
  return {
    async stop() {
      await Promise.all(watches.map((watch) => watch.stop(STOP_GRACE_MS)));
      runtime.close();
      await Promise.all(runs);
      await client.close();
    },
  };
}

interface Shared {
  readonly options: TriggerOptions;
  readonly client: MongoClient;
  readonly runtime: FunctionRuntime;
}

function watchFor(trigger: TriggerConfig, { options, client, runtime }: Shared): TriggerWatch {
  const { log } = options;
  const database = databaseOf(options.mongoUri) ?? trigger.config.database;
  return new TriggerWatch({
    trigger,
    collection: client.db(database).collection(trigger.config.collection),
    tokens: new TokenFile(tokenPath(options.stateDir, trigger.name), (error) => {
      log({
        level: "error",
        message: "The resume token can't be kept",
        trigger: trigger.name,
        error: String(error),
      });
    }),
    log,
    handle: (event) => handle(event, trigger, { log, runtime }),
    concurrency: trigger.config.unordered ? UNORDERED_RUNS : 1,
  });
}

/** As on Atlas: a function that throws has lost its event. */
async function handle(
  event: Document,
  trigger: TriggerConfig,
  { log, runtime }: { readonly log: Log; readonly runtime: FunctionRuntime },
): Promise<void> {
  const name = functionOf(trigger);
  const labels = { trigger: trigger.name, function: name, token: String(event["_id"]?._data) };
  try {
    await runtime.run(name, event, labels);
  } catch (error) {
    if (runtime.closed) return;
    log({
      level: "error",
      message: "The function threw: its event is lost",
      ...labels,
      error: thrownMessage(error),
    });
  }
}

function databaseOf(mongoUri: string): string | undefined {
  const name = /^mongodb(?:\+srv)?:\/\/[^/]*\/([^?]+)/.exec(mongoUri)?.[1];
  return name === undefined ? undefined : decodeURIComponent(name);
}
