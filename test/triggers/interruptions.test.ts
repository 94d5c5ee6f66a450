import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Collection } from "mongodb";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { startServer } from "../../local-atlas/server.ts";
import type { Treatment } from "../atlas-functions/hookServer.ts";
import { appRunning, temporaryFolder } from "./appCopy.ts";
import { startDatabase } from "./databaseProcess.ts";
import { POST, type Scene, setScene, titles } from "./scene.ts";

let server: { readonly port: number; close(): Promise<void> };

beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: null });
});

afterAll(() => server.close());

function scene(functionsDir: string, treatments: readonly Treatment[] = []): Promise<Scene> {
  return setScene(server.port, functionsDir, treatments);
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
    const { plans, hook, events, start } = await scene(await appRunning(POST), ["silence"]);
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
    const { plans, hook, events, log, start } = await setScene(database.port, await appRunning(POST));
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
