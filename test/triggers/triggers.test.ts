import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServer } from "../../local-atlas/server.ts";
import { appRunning, DEPLOYED } from "./appCopy.ts";
import { POST, type Scene, setScene, titles } from "./scene.ts";

let server: { readonly port: number; close(): Promise<void> };

beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: null });
});

afterAll(() => server.close());

function scene(functionsDir: string): Promise<Scene> {
  return setScene(server.port, functionsDir);
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
