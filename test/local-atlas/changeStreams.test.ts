import {
  type ChangeStream,
  type ChangeStreamOptions,
  type Collection,
  type Db,
  type Document,
  MongoClient,
  ObjectId,
  type ResumeToken,
  type Timestamp,
} from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabase, type OpenDatabase, type Thing } from "./openDatabase.ts";

let open: OpenDatabase;
let plans: Collection<Thing>;

beforeAll(async () => {
  open = await openDatabase();
});

afterAll(() => open.close());

beforeEach(async () => {
  plans = open.database.collection(`plans-${new ObjectId().toHexString()}`);
  await open.database.createCollection(plans.collectionName);
});

/** The `_data` of a token. */
function dataOf(token: ResumeToken): string {
  return String((token as { _data: string })._data);
}

function keyOf(event: Document): unknown {
  return event["documentKey"];
}

/** The 16 hex digits of a cluster time. */
function hexOf(time: Timestamp | undefined): string {
  return (time?.toBigInt() ?? 0n).toString(16).padStart(16, "0");
}

type Watched = Pick<Collection<Thing>, "watch"> | Pick<Db, "watch">;

/** Opens a stream and waits until it is open: it tells of all that comes after. */
async function watch(
  target: Watched = plans,
  pipeline: Document[] = [],
  options: ChangeStreamOptions = {},
): Promise<ChangeStream<Document>> {
  const stream = target.watch<Document>(pipeline, { maxAwaitTimeMS: 20, ...options });
  await stream.tryNext();
  return stream;
}

describe("a change stream", () => {
  it("tells of inserts, updates, replacements and deletes, in order, each once", async () => {
    const stream = await watch(plans, [], { fullDocument: "updateLookup" });
    const events: Document[] = [];
    await plans.insertOne({ _id: 1, title: "soup", list: [1, 2], gone: 1 });
    const update: Document = {
      $set: { title: "stew", "deep.er": 1 },
      $push: { list: 3 },
      $unset: { gone: "" },
    };
    await plans.updateOne({ _id: 1 }, update);
    await plans.replaceOne({ _id: 1 }, { title: "tart" });
    await plans.deleteOne({ _id: 1 });
    for (const _step of [1, 2, 3, 4]) events.push(await stream.next());
    await stream.close();
    const ns = { db: open.database.databaseName, coll: plans.collectionName };
    expect(events).toMatchObject([
      { operationType: "insert", ns, documentKey: { _id: 1 }, fullDocument: { _id: 1, title: "soup" } },
      {
        operationType: "update",
        ns,
        documentKey: { _id: 1 },
        updateDescription: {
          updatedFields: { title: "stew", deep: { er: 1 }, "list.2": 3 },
          removedFields: ["gone"],
          truncatedArrays: [],
        },
        fullDocument: null,
      },
      { operationType: "replace", ns, documentKey: { _id: 1 }, fullDocument: { _id: 1, title: "tart" } },
      { operationType: "delete", ns, documentKey: { _id: 1 } },
    ]);
    expect(events[3]).not.toHaveProperty("fullDocument");
    for (const event of events) {
      expect(event).toMatchObject({ clusterTime: expect.anything(), wallTime: expect.any(Date) });
    }
  });

  it("has tokens that sort in order and carry the cluster time", async () => {
    const stream = await watch();
    await plans.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }]);
    const events = [await stream.next(), await stream.next(), await stream.next()];
    await stream.close();
    const tokens = events.map((event) => dataOf(event["_id"]));
    expect(tokens.toSorted()).toEqual(tokens);
    expect(new Set(tokens).size).toBe(3);
    for (const event of events) {
      expect(dataOf(event["_id"]).slice(2, 18).toLowerCase()).toBe(hexOf(event["clusterTime"]));
    }
  });

  it("names each write's own time, which its answer named as operationTime", async () => {
    const stream = await watch();
    const session = open.client.startSession();
    await plans.insertOne({ _id: 1 }, { session });
    const event = await stream.next();
    await stream.close();
    expect(event["clusterTime"]).toEqual(session.operationTime);
    await session.endSession();
  });

  it("is matched and projected on the server, but keeps its token", async () => {
    const stages = [
      { $match: { operationType: "update", "fullDocument.kind": "a" } },
      { $project: { "fullDocument.title": 1, ns: 1 } },
    ];
    const stream = await watch(plans, stages, { fullDocument: "updateLookup" });
    await plans.insertMany([
      { _id: 1, kind: "a" },
      { _id: 2, kind: "b" },
    ]);
    await plans.updateMany({}, { $set: { title: "x" } });
    const event = await stream.next();
    await stream.close();
    expect(event).toEqual({
      _id: event["_id"],
      ns: { db: open.database.databaseName, coll: plans.collectionName },
      fullDocument: { title: "x" },
    });
  });

  it("of a database tells of all its collections and of no other database", async () => {
    const other = open.client.db(`${open.database.databaseName}-other`);
    const stream = await watch(open.database);
    await other.collection("plans").insertOne({ a: 1 });
    await open.database.collection("one").insertOne({ a: 1 });
    await open.database.collection("two").insertOne({ a: 1 });
    const names = [await stream.next(), await stream.next()].map(
      (event) => (event as Document)["ns"] as unknown,
    );
    await stream.close();
    await other.dropDatabase();
    expect(names).toMatchObject([{ coll: "one" }, { coll: "two" }]);
  });

  it("goes on after a token, with all that happened meanwhile and nothing twice", async () => {
    const stream = await watch();
    await plans.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }]);
    const token: ResumeToken = (await stream.next())["_id"];
    await stream.close();
    await plans.insertOne({ _id: 4 });
    for (const options of [{ resumeAfter: token }, { startAfter: token }]) {
      const resumed = plans.watch([], options);
      const keys = [await resumed.next(), await resumed.next(), await resumed.next()].map(keyOf);
      await resumed.close();
      expect(keys).toEqual([{ _id: 2 }, { _id: 3 }, { _id: 4 }]);
    }
  });

  it("begins at an operation time, that time included", async () => {
    const session = open.client.startSession();
    await plans.insertOne({ _id: 1 }, { session });
    const time = session.operationTime;
    await plans.insertOne({ _id: 2 }, { session });
    const stream = plans.watch([], time === undefined ? {} : { startAtOperationTime: time });
    const keys = [await stream.next(), await stream.next()].map(keyOf);
    await stream.close();
    await session.endSession();
    expect(keys).toEqual([{ _id: 1 }, { _id: 2 }]);
  });

  it("that sees nothing of its own moves its token on, so that it never falls out of the oplog", async () => {
    const stream = await watch();
    const before = dataOf(stream.resumeToken);
    await open.database.collection("elsewhere").insertOne({ a: 1 });
    await stream.tryNext();
    expect(dataOf(stream.resumeToken) > before).toBe(true);
    await stream.close();
  });

  it("ends with an invalidate event when its collection is dropped, after which only startAfter goes on", async () => {
    const stream = await watch();
    await plans.insertOne({ _id: 1 });
    await plans.drop();
    const types = [await stream.next(), await stream.next()].map(
      (event) => event["operationType"] as unknown,
    );
    const last = await stream.next();
    expect([...types, last["operationType"]]).toEqual(["insert", "drop", "invalidate"]);
    await expect(plans.watch([], { resumeAfter: last["_id"] }).next()).rejects.toMatchObject({ code: 260 });
    const resumed = await watch(plans, [], { startAfter: last["_id"] });
    await plans.insertOne({ _id: 2 });
    expect(await resumed.next()).toMatchObject({ documentKey: { _id: 2 } });
    await resumed.close();
  });

  it("refuses a token that is none, one from before the oplog, and stages that it cannot have", async () => {
    await expect(plans.watch([], { resumeAfter: { _data: "hello" } }).next()).rejects.toMatchObject({
      code: 260,
    });
    const old = { _data: "820000000100000001000000000104" };
    if (process.env["MONGODB_URI"] === undefined) {
      await expect(plans.watch([], { resumeAfter: old }).next()).rejects.toMatchObject({ code: 286 });
    }
    await expect(plans.watch([{ $group: { _id: 1 } }]).next()).rejects.toMatchObject({ code: 20 });
    await plans.insertOne({ a: 1 });
    const bad = await watch(plans, [{ $project: { _id: 0 } }]);
    await plans.insertOne({ a: 2 });
    await expect(bad.next()).rejects.toMatchObject({ code: 280 });
  });

  it("tells the changes of a transaction one by one, with its session, after the commit only", async () => {
    const stream = await watch();
    await open.client.withSession((session) =>
      session.withTransaction(async () => {
        await plans.insertOne({ _id: 1, n: 0 }, { session });
        await plans.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session });
        await plans.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session });
      }),
    );
    const events = [await stream.next(), await stream.next(), await stream.next()];
    await stream.close();
    expect(events.map((event) => event["operationType"] as unknown)).toEqual(["insert", "update", "update"]);
    const tokens = events.map((event) => dataOf(event["_id"]));
    expect(new Set(tokens).size).toBe(3);
    expect(tokens.toSorted()).toEqual(tokens);
    for (const event of events)
      expect(event).toMatchObject({ lsid: { id: expect.anything() }, txnNumber: expect.anything() });
    const resumed = plans.watch([], { resumeAfter: events[0]?.["_id"] });
    expect(await resumed.next()).toMatchObject({ operationType: "update" });
    await resumed.close();
  });

  it("wakes when something happens: one request waits, however long that takes", async () => {
    const watcher = await MongoClient.connect(open.uri, { monitorCommands: true });
    const requests: string[] = [];
    const waiting = Promise.withResolvers<void>();
    watcher.on("commandStarted", ({ commandName }) => {
      requests.push(commandName);
      if (commandName === "getMore") waiting.resolve();
    });
    const stream = watcher.db(open.database.databaseName).collection(plans.collectionName).watch([], {
      maxAwaitTimeMS: 30_000,
    });
    const next = stream.next();
    await waiting.promise;
    await plans.insertOne({ _id: 1 });
    expect(await next).toMatchObject({ documentKey: { _id: 1 } });
    expect(requests.filter((name) => name === "getMore")).toHaveLength(1);
    await stream.close();
    await watcher.close();
  });
});
