import { MongoClient, type Collection, type Document } from "mongodb";
import { onTestFinished } from "vitest";
import type { LogEntry } from "../../trigger-runner/log.ts";
import { startTriggers, type RunningTriggers } from "../../trigger-runner/startTriggers.ts";
import { startHookServer, type HookServer, type Treatment } from "../atlas-functions/hookServer.ts";
import { temporaryFolder } from "./appCopy.ts";

/** A function that posts what it got, and nothing more. */
export const POST = `await context.http.post({ url: context.values.get("hookUrl"), body: EJSON.stringify(event) });`;

let databases = 0;

export interface Scene {
  readonly plans: Collection;
  readonly hook: HookServer;
  readonly stateDir: string;
  readonly log: readonly LogEntry[];
  /** The events that the hook was sent, in the order of their arrival. */
  readonly events: () => readonly Document[];
  start(): Promise<RunningTriggers>;
}

/** A database of its own at a port, a hook, and a runner that can be started again and again. */
export async function setScene(
  port: number,
  functionsDir: string,
  treatments: readonly Treatment[] = [],
): Promise<Scene> {
  const mongoUri = `mongodb://127.0.0.1:${port}/plans${++databases}?replicaSet=rs0`;
  const client = new MongoClient(mongoUri);
  const hook = await startHookServer(treatments);
  const stateDir = await temporaryFolder();
  const log: LogEntry[] = [];
  onTestFinished(async () => {
    // Not waited for: a client whose server was killed may look for it for minutes, and fail in the end.
    void client.close().catch(() => undefined);
    await hook[Symbol.asyncDispose]();
  });
  return {
    plans: client.db().collection("mealplans"),
    hook,
    stateDir,
    log,
    events: () => hook.posts.map(({ body }) => JSON.parse(body) as Document),
    async start() {
      const triggers = await startTriggers({
        mongoUri,
        functionsDir,
        stateDir,
        values: { hookUrl: hook.url, hookSecret: "secret" },
        log: (entry) => void log.push(entry),
      });
      onTestFinished(() => triggers.stop());
      return triggers;
    },
  };
}

/** The titles of the documents in events, sorted. */
export function titles(events: readonly Document[]): readonly string[] {
  return events.map((event) => String(event["fullDocument"]?.title)).toSorted();
}
