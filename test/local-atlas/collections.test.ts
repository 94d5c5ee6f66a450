import { MongoBulkWriteError, MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer } from "../../local-atlas/server.ts";
import { openDatabase, type OpenDatabase, type Thing } from "./openDatabase.ts";

let open: OpenDatabase;

beforeAll(async () => {
  open = await openDatabase();
});

afterAll(() => open.close());

describe("collections", () => {
  it("are made by the first write or by name, listed and dropped, alone or with their database", async () => {
    const own = open.client.db(`${open.database.databaseName}-own`);
    await own.collection("first").insertOne({ a: 1 });
    await own.createCollection("second");
    const names = async () =>
      (await own.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
    expect((await names()).toSorted()).toEqual(["first", "second"]);
    expect(await own.listCollections({ name: "second" }).toArray()).toMatchObject([
      { name: "second", type: "collection", info: { uuid: expect.anything() } },
    ]);
    await own.collection("second").drop();
    expect(await names()).toEqual(["first"]);
    const databases = async () =>
      (await open.client.db().admin().listDatabases()).databases.map(({ name }) => name);
    expect(await databases()).toContain(own.databaseName);
    await own.dropDatabase();
    expect(await databases()).not.toContain(own.databaseName);
    expect(await names()).toEqual([]);
  });

  it("that were dropped start anew: no documents, no indexes, another identity", async () => {
    const things = open.database.collection<Thing>("again");
    await things.createIndex({ a: 1 }, { unique: true });
    await things.insertOne({ _id: 1, a: 1 });
    const uuid = async () => {
      const [info] = await open.database.listCollections({ name: "again" }, { nameOnly: false }).toArray();
      return info !== undefined && "info" in info ? String(info.info?.uuid) : null;
    };
    const before = await uuid();
    await things.drop();
    await things.insertMany([{ _id: 1, a: 1 }, { a: 1 }]);
    expect(await things.countDocuments()).toBe(2);
    expect(await uuid()).not.toEqual(before);
  });

  it("are empty, not an error, when they do not exist", async () => {
    const nothing = open.database.collection("nothing");
    expect(await nothing.find().toArray()).toEqual([]);
    expect(await nothing.aggregate([{ $match: {} }]).toArray()).toEqual([]);
    expect([await nothing.countDocuments(), await nothing.estimatedDocumentCount()]).toEqual([0, 0]);
    expect(await nothing.distinct("a")).toEqual([]);
    expect(await nothing.updateOne({}, { $set: { a: 1 } })).toMatchObject({ matchedCount: 0 });
    expect(await nothing.deleteMany({})).toMatchObject({ deletedCount: 0 });
  });
});

describe("many writes in one", () => {
  it("stop at the first failure when they are ordered", async () => {
    const things = open.database.collection<Thing>("ordered");
    const failed = things.bulkWrite([
      { insertOne: { document: { _id: 1 } } },
      { insertOne: { document: { _id: 1 } } },
      { insertOne: { document: { _id: 2 } } },
    ]);
    await expect(failed).rejects.toMatchObject({ code: 11000, writeErrors: [{ index: 1 }] });
    expect(await things.distinct("_id")).toEqual([1]);
  });

  it("go on after a failure when they are not, and say which failed", async () => {
    const things = open.database.collection<Thing>("unordered");
    const documents = [{ _id: 1 }, { _id: 1 }, { _id: 2 }, { _id: 2 }, { _id: 3 }];
    const failure: unknown = await things
      .insertMany(documents, { ordered: false })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MongoBulkWriteError);
    expect(failure).toMatchObject({ insertedCount: 3, writeErrors: [{ index: 1 }, { index: 3 }] });
    expect(await things.distinct("_id")).toEqual([1, 2, 3]);
  });

  it("of every kind are counted", async () => {
    const things = open.database.collection<Thing>("mixed");
    const result = await things.bulkWrite([
      { insertOne: { document: { _id: 1, n: 1 } } },
      { insertOne: { document: { _id: 2, n: 1 } } },
      { updateMany: { filter: { n: 1 }, update: { $inc: { n: 1 } } } },
      { replaceOne: { filter: { _id: 2 }, replacement: { n: 9 } } },
      { updateOne: { filter: { _id: 3 }, update: { $set: { n: 3 } }, upsert: true } },
      { deleteOne: { filter: { _id: 1 } } },
    ]);
    expect(result).toMatchObject({
      insertedCount: 2,
      matchedCount: 3,
      modifiedCount: 3,
      upsertedCount: 1,
      deletedCount: 1,
    });
    expect(await things.find().toArray()).toEqual([
      { _id: 2, n: 9 },
      { _id: 3, n: 3 },
    ]);
  });
});

describe("a database that nothing was written to for a long time", () => {
  it("can still be read at a snapshot, and its streams go on from their last token", async () => {
    let now = Date.parse("2026-11-20T12:00:00Z");
    const server = await startServer({ port: 0, dataDir: null, now: () => now });
    const client = await MongoClient.connect(`mongodb://127.0.0.1:${server.port}/?replicaSet=rs0`);
    const plans = client.db("test").collection<Thing>("plans");
    await plans.insertOne({ _id: 1 });
    const stream = plans.watch([], { maxAwaitTimeMS: 20 });
    await stream.tryNext();
    const token = stream.resumeToken;
    await stream.close();
    now += 7 * 24 * 3_600_000;
    server.maintain();
    const session = client.startSession({ snapshot: true });
    expect(await plans.findOne({}, { session })).toEqual({ _id: 1 });
    await session.endSession();
    const resumed = plans.watch([], { resumeAfter: token });
    const next = resumed.next();
    await plans.insertOne({ _id: 2 });
    expect(await next).toMatchObject({ documentKey: { _id: 2 } });
    await resumed.close();
    await client.close();
    await server.close();
  });
});
