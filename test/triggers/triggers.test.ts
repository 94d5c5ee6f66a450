import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MongoClient, type Collection, type Document } from "mongodb";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { startServer } from "../../local-atlas/server.ts";
import type { LogEntry } from "../../trigger-runner/log.ts";
import { startTriggers, type RunningTriggers } from "../../trigger-runner/startTriggers.ts";
import { startHookServer, type HookServer, type Treatment } from "../atlas-functions/hookServer.ts";
import { appRunning, DEPLOYED, temporaryFolder } from "./appCopy.ts";
import { startDatabase } from "./databaseProcess.ts";

/** Posts what it got, and nothing more. */
const POST = `await context.http.post({ url: context.values.get("hookUrl"), body: EJSON.stringify(event) });`;

let server: { readonly port: number; close(): Promise<void> };
let databases = 0;

beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: null });
});

afterAll(() => server.close());

interface Scene {
  readonly plans: Collection;
  readonly hook: HookServer;
  readonly stateDir: string;
  readonly log: readonly LogEntry[];
  /** The events that the hook was sent, in the order of their arrival. */
  readonly events: () => readonly Document[];
  start(): Promise<RunningTriggers>;
}

/** A database of its own, a hook, and a runner that can be started again and again. */
async function scene(
  functionsDir: string,
  { port = server.port, treatments = [] }: { port?: number; treatments?: readonly Treatment[] } = {},
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

/** Writes one document after the other, over every outage. `stop` answers the titles that were acknowledged. */
function keepWriting(plans: Collection): { stop(): Promise<readonly string[]> } {
  const acknowledged: string[] = [];
  const stopping = new AbortController();
  onTestFinished(() => stopping.abort());
  async function write(): Promise<void> {
    for (let index = 0; !stopping.signal.aborted; index++) {
      const title = String(index);
      await plans.insertOne({ title }).then(
        () => acknowledged.push(title),
        () => undefined,
      );
    }
  }
  const writing = write();
  return {
    async stop() {
      stopping.abort();
      await writing;
      return acknowledged;
    },
  };
}

/** Stops the runner and moves its place to the year 1970. */
async function forget({ plans, hook, stateDir, start }: Scene): Promise<void> {
  const first = await start();
  await plans.insertOne({ title: "before" });
  await hook.received(1);
  await first.stop();
  const file = join(stateDir, "publish-mealplans.token.json");
  const token = JSON.parse(await readFile(file, "utf8")) as { readonly _data: string };
  await writeFile(file, JSON.stringify({ _data: token._data.replace(/^(..).{16}/, "$10000000100000001") }));
  await plans.insertOne({ title: "lost" });
}

function titles(events: readonly Document[]): readonly string[] {
  return events.map((event) => String(event["fullDocument"]?.title)).toSorted();
}

describe("a change in the database", () => {
  test("reaches its function once, whatever its kind, with what Atlas would give", async () => {
    const { plans, hook, events, start } = await scene(DEPLOYED);
    await start();
    const { insertedId } = await plans.insertOne({ title: "one", servings: 2 });
    await hook.received(1);
    await plans.updateOne({ _id: insertedId }, { $set: { title: "two" } });
    await hook.received(2);
    await plans.replaceOne({ _id: insertedId }, { title: "three" });
    await hook.received(3);
    await plans.deleteOne({ _id: insertedId });
    await hook.received(4);
    expect(events().map((event) => event["operationType"])).toEqual([
      "insert",
      "update",
      "replace",
      "delete",
    ]);
    expect(events().map((event) => event["fullDocument"]?.title)).toEqual(["one", "two", "three", undefined]);
    expect(events()[1]).toMatchObject({
      _id: { _data: expect.stringMatching(/^[0-9A-Fa-f]+$/) },
      ns: { coll: "mealplans" },
      documentKey: { _id: { $oid: insertedId.toHexString() } },
      clusterTime: { $timestamp: { t: expect.any(Number), i: expect.any(Number) } },
      wallTime: { $date: { $numberLong: expect.any(String) } },
    });
    expect(events()[1]).not.toHaveProperty("updateDescription");
  });

  test("of another collection reaches nobody", async () => {
    const { plans, hook, events, start } = await scene(DEPLOYED);
    await start();
    await plans.db.collection("drafts").insertOne({ title: "elsewhere" });
    await plans.insertOne({ title: "here" });
    await hook.received(1);
    expect(titles(events())).toEqual(["here"]);
  });

  test("is left out when the trigger does not match it", async () => {
    const config = { match: { "fullDocument.title": "yes" }, operation_types: ["INSERT"] };
    const { plans, hook, events, start } = await scene(await appRunning(POST, config));
    await start();
    const { insertedId } = await plans.insertOne({ title: "no" });
    await plans.updateOne({ _id: insertedId }, { $set: { title: "yes" } });
    await plans.insertOne({ title: "yes", last: true });
    await hook.received(1);
    expect(events()).toMatchObject([{ operationType: "insert", fullDocument: { title: "yes", last: true } }]);
  });

  test("made a thousand times is a thousand events, none twice", async () => {
    const { plans, hook, events, start } = await scene(await appRunning(POST));
    await start();
    const names = Array.from({ length: 1000 }, (_, index) => String(index));
    await plans.insertMany(names.map((title) => ({ title })));
    await hook.received(1000);
    expect(titles(events())).toEqual(names.toSorted());
  });
});

describe("the runner is restarted", () => {
  test("and goes on where it was: what happened meanwhile is not lost, what was done is not repeated", async () => {
    const { plans, hook, events, start } = await scene(await appRunning(POST));
    const first = await start();
    await plans.insertOne({ title: "before" });
    await hook.received(1);
    await first.stop();
    await plans.insertMany([{ title: "meanwhile 1" }, { title: "meanwhile 2" }]);
    await start();
    await plans.insertOne({ title: "after" });
    await hook.received(4);
    expect(titles(events())).toEqual(["after", "before", "meanwhile 1", "meanwhile 2"]);
  });

  test("and knows its place even when nothing had happened before", async () => {
    const { plans, hook, events, start } = await scene(await appRunning(POST));
    const first = await start();
    await first.stop();
    await plans.insertOne({ title: "meanwhile" });
    await start();
    await hook.received(1);
    expect(titles(events())).toEqual(["meanwhile"]);
  });

  test("and hands over again what was still in hand", async () => {
    const { plans, hook, events, start } = await scene(await appRunning(POST), { treatments: ["silence"] });
    const first = await start();
    await plans.insertOne({ title: "in hand" });
    await hook.received(1);
    await plans.insertOne({ title: "done" });
    await hook.received(2);
    await first.stop();
    await start();
    await hook.received(4);
    expect(titles(events())).toEqual(["done", "done", "in hand", "in hand"]);
  });
});

describe("a function that throws", () => {
  test("has lost its event: that is logged, and the next event is handled", async () => {
    const body = `if (event.fullDocument.title === "bad") throw new Error("no luck"); ${POST}`;
    const { plans, hook, events, log, start } = await scene(await appRunning(body));
    await start();
    await plans.insertOne({ title: "bad" });
    await plans.insertOne({ title: "good" });
    await hook.received(1);
    expect(titles(events())).toEqual(["good"]);
    expect(log).toEqual([
      {
        level: "error",
        message: "The function threw: its event is lost",
        trigger: "publish-mealplans",
        function: "publishChange",
        token: expect.stringMatching(/^[0-9A-Fa-f]+$/),
        error: "no luck",
      },
    ]);
  });

  test("does not get its event again after a restart", async () => {
    const { plans, hook, log, start } = await scene(
      await appRunning(`${POST} if (event.fullDocument.title === "bad") throw new Error("no luck");`),
    );
    const first = await start();
    await plans.insertOne({ title: "bad" });
    await expect.poll(() => log).toHaveLength(1);
    await first.stop();
    await start();
    await plans.insertOne({ title: "good" });
    await hook.received(2);
    expect(log).toHaveLength(1);
  });
});

describe("order", () => {
  test("is kept by an ordered trigger, however slow its first event", async () => {
    const slow = `if (event.fullDocument.title === "first") for (let turn = 1; turn < 10; turn++) ${POST} ${POST}`;
    const { plans, hook, events, start } = await scene(await appRunning(slow, { unordered: false }));
    await start();
    await plans.insertMany([{ title: "first" }, { title: "second" }]);
    await hook.received(11);
    const inOrder = [...Array.from({ length: 10 }, () => "first"), "second"];
    expect(events().map((event) => event["fullDocument"].title)).toEqual(inOrder);
  });

  test("holds nobody up with an unordered trigger", async () => {
    const waits = `if (event.fullDocument.title === "first") await new Promise(() => {}); ${POST}`;
    const { plans, hook, events, start } = await scene(await appRunning(waits, { unordered: true }));
    await start();
    await plans.insertMany([{ title: "first" }, { title: "second" }, { title: "third" }]);
    await hook.received(2);
    expect(titles(events())).toEqual(["second", "third"]);
  });
});

describe("a place that the database's history has forgotten", () => {
  test("is given up where the trigger tolerates it: events go on from now, and the loss is logged", async () => {
    const stage = await scene(await appRunning(POST, { tolerate_resume_errors: true }));
    await forget(stage);
    await stage.start();
    await stage.plans.insertOne({ title: "after" });
    await stage.hook.received(2);
    expect(titles(stage.events())).toEqual(["after", "before"]);
    expect(stage.log).toMatchObject([{ level: "warn", message: expect.stringContaining("lost its place") }]);
  });

  test("suspends any other trigger, and says so", async () => {
    const stage = await scene(await appRunning(POST, { tolerate_resume_errors: false }));
    await forget(stage);
    await stage.start();
    await stage.plans.insertOne({ title: "after" });
    expect(stage.log).toMatchObject([
      { level: "error", message: expect.stringContaining("suspended"), trigger: "publish-mealplans" },
    ]);
    expect(titles(stage.events())).toEqual(["before"]);
  });
});

describe("a collection that is dropped", () => {
  test("and made again has its changes handled again", async () => {
    const { plans, hook, events, log, start } = await scene(await appRunning(POST));
    await start();
    await plans.insertOne({ title: "old" });
    await hook.received(1);
    await plans.drop();
    await expect.poll(() => log).toMatchObject([{ level: "warn", reason: "the stream was invalidated" }]);
    await expect
      .poll(async () => {
        await plans.insertOne({ title: "new" });
        return titles(events());
      })
      .toContain("new");
  });
});

describe("the database is killed", () => {
  test("in the middle of writing: every acknowledged write reaches its function, without a restart of the runner", async () => {
    const directory = await temporaryFolder();
    const database = await startDatabase(directory);
    const { plans, hook, events, log, start } = await scene(await appRunning(POST), { port: database.port });
    await start();
    const writer = keepWriting(plans);
    await hook.received(20);
    database.child.kill("SIGKILL");
    await once(database.child, "exit");
    await startDatabase(directory, database.port);
    await hook.received(hook.posts.length + 20);
    const acknowledged = await writer.stop();
    await expect
      .poll(() => new Set(titles(events())), { timeout: 30_000 })
      .toSatisfy((seen: Set<string>) => {
        return acknowledged.every((title) => seen.has(title));
      });
    expect(log.filter((entry) => entry.level === "error")).toEqual([]);
  });
});
