import { type Collection, Long, MongoClient, ObjectId, ReadConcern } from "mongodb";
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
  await plans.insertMany([
    { _id: 1, n: 0 },
    { _id: 2, n: 0 },
  ]);
});

describe("a transaction", () => {
  it("is seen by nobody before its commit, and as a whole after it", async () => {
    await open.client.withSession(async (session) => {
      session.startTransaction();
      await plans.updateOne({ _id: 1 }, { $set: { n: 1 } }, { session });
      await plans.insertOne({ _id: 3, n: 1 }, { session });
      await plans.deleteOne({ _id: 2 }, { session });
      expect((await plans.find({}, { session }).toArray()).map(({ _id: id }) => id)).toEqual([1, 3]);
      expect(await plans.find().toArray()).toEqual([
        { _id: 1, n: 0 },
        { _id: 2, n: 0 },
      ]);
      await session.commitTransaction();
      await session.commitTransaction();
    });
    expect(await plans.find().toArray()).toEqual([
      { _id: 1, n: 1 },
      { _id: 3, n: 1 },
    ]);
  });

  it("leaves nothing behind when it is aborted or its session ends", async () => {
    for (const end of ["abort", "session"] as const) {
      const session = open.client.startSession();
      session.startTransaction();
      await plans.updateMany({}, { $set: { n: 5 } }, { session });
      if (end === "abort") await session.abortTransaction();
      await session.endSession();
    }
    expect(await plans.countDocuments({ n: 5 })).toBe(0);
    expect(await plans.updateMany({}, { $set: { n: 6 } })).toMatchObject({ modifiedCount: 2 });
  });

  it("sees the database as it was when it began, whatever others write", async () => {
    await open.client.withSession(async (session) => {
      session.startTransaction({ readConcern: { level: "snapshot" } });
      await plans.findOne({ _id: 1 }, { session });
      await plans.updateOne({ _id: 2 }, { $set: { n: 9 } });
      await plans.deleteOne({ _id: 1 });
      await plans.insertOne({ _id: 3, n: 0 });
      expect(await plans.find({}, { session }).toArray()).toEqual([
        { _id: 1, n: 0 },
        { _id: 2, n: 0 },
      ]);
      expect(await plans.aggregate([{ $match: { n: 0 } }, { $count: "n" }], { session }).toArray()).toEqual([
        { n: 2 },
      ]);
      await session.commitTransaction();
    });
  });

  it("that changes what another changed meanwhile fails with a conflict that can be tried again", async () => {
    const conflict = { code: 112, errorLabels: expect.arrayContaining(["TransientTransactionError"]) };
    await open.client.withSession(async (session) => {
      session.startTransaction();
      await plans.findOne({ _id: 2 }, { session });
      await plans.updateOne({ _id: 1 }, { $inc: { n: 1 } });
      await expect(plans.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session })).rejects.toMatchObject(
        conflict,
      );
      await session.abortTransaction();
    });
    await open.client.withSession(async (first) => {
      await open.client.withSession(async (second) => {
        first.startTransaction();
        second.startTransaction();
        await plans.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session: first });
        await expect(plans.deleteOne({ _id: 1 }, { session: second })).rejects.toMatchObject(conflict);
        await second.abortTransaction();
        await first.commitTransaction();
      });
    });
    expect(await plans.findOne({ _id: 1 })).toEqual({ _id: 1, n: 2 });
  });

  it("run by many at once loses no step", async () => {
    const steps = Array.from({ length: 20 }, () =>
      open.client.withSession((session) =>
        session.withTransaction(async () => {
          const plan = await plans.findOne({ _id: 1 }, { session });
          await plans.updateOne({ _id: 1 }, { $set: { n: Number(plan?.["n"]) + 1 } }, { session });
          await plans.updateOne({ _id: 2 }, { $inc: { n: 1 } }, { session });
        }),
      ),
    );
    await Promise.all(steps);
    expect(await plans.find().toArray()).toEqual([
      { _id: 1, n: 20 },
      { _id: 2, n: 20 },
    ]);
  });

  it("makes a plain write to the same document wait for its end", async () => {
    const session = open.client.startSession();
    session.startTransaction();
    await plans.updateOne({ _id: 1 }, { $set: { n: 10 } }, { session });
    const write = plans.updateOne({ _id: 1 }, { $inc: { n: 1 } });
    await plans.updateOne({ _id: 2 }, { $inc: { n: 1 } });
    await session.commitTransaction();
    await write;
    await session.endSession();
    expect(await plans.findOne({ _id: 1 })).toEqual({ _id: 1, n: 11 });
  });

  it("keeps unique indexes, its own documents and others' included", async () => {
    await plans.createIndex({ key: 1 }, { unique: true, sparse: true });
    await plans.insertOne({ _id: 3, key: "a" });
    for (const documents of [
      [{ _id: 4, key: "a" }],
      [
        { _id: 4, key: "b" },
        { _id: 5, key: "b" },
      ],
      [{ _id: 3 }],
    ]) {
      await open.client.withSession(async (session) => {
        session.startTransaction();
        await expect(plans.insertMany(documents, { session })).rejects.toMatchObject({ code: 11000 });
        await session.abortTransaction();
      });
    }
    await open.client.withSession((session) =>
      session.withTransaction(async () => {
        await plans.deleteOne({ _id: 3 }, { session });
        await plans.insertOne({ _id: 4, key: "a" }, { session });
      }),
    );
    expect(await plans.distinct("key")).toEqual(["a"]);
  });

  it("refuses what cannot be part of one", async () => {
    await open.client.withSession(async (session) => {
      session.startTransaction();
      await expect(open.database.command({ count: plans.collectionName }, { session })).rejects.toMatchObject(
        { code: 263 },
      );
      await session.abortTransaction();
    });
    const orphan = {
      commitTransaction: 1,
      lsid: { id: new ObjectId() },
      txnNumber: Long.fromNumber(1),
      autocommit: false,
    };
    await expect(open.client.db("admin").command(orphan)).rejects.toMatchObject({ code: expect.any(Number) });
  });
});

describe("a snapshot", () => {
  it("session reads one moment, whatever is written after it", async () => {
    const session = open.client.startSession({ snapshot: true });
    expect(await plans.findOne({ _id: 1 }, { session })).toEqual({ _id: 1, n: 0 });
    await plans.updateMany({}, { $set: { n: 7 } });
    await plans.deleteOne({ _id: 2 });
    await plans.insertOne({ _id: 3 });
    expect(await plans.find({}, { session }).toArray()).toEqual([
      { _id: 1, n: 0 },
      { _id: 2, n: 0 },
    ]);
    expect(await plans.distinct("n", {}, { session })).toEqual([0]);
    expect(await plans.find({ n: 0 }, { session }).toArray()).toHaveLength(2);
    await session.endSession();
  });

  it("read names its time, and that time can be read again", async () => {
    const find = { find: plans.collectionName, filter: { _id: 1 } };
    const first = await open.database.command({ ...find, readConcern: { level: "snapshot" } });
    const { atClusterTime } = first["cursor"];
    await plans.updateOne({ _id: 1 }, { $set: { n: 1 } });
    const again = await open.database.command({ ...find, readConcern: { level: "snapshot", atClusterTime } });
    expect(again["cursor"]).toMatchObject({ firstBatch: [{ _id: 1, n: 0 }], atClusterTime });
    const later = await open.database.command({ ...find, readConcern: { level: "snapshot" } });
    expect(later["cursor"].firstBatch).toEqual([{ _id: 1, n: 1 }]);
    expect(later["cursor"].atClusterTime.greaterThan(atClusterTime)).toBe(true);
  });

  it("sees what a causally earlier write wrote", async () => {
    await open.client.withSession({ causalConsistency: true }, async (session) => {
      await plans.updateOne({ _id: 1 }, { $set: { n: 3 } }, { session });
      const options = { session, readConcern: new ReadConcern("majority") };
      expect(await plans.findOne({ _id: 1 }, options)).toEqual({ _id: 1, n: 3 });
    });
  });
});

describe("a retryable write", () => {
  it("sent twice under one number is done once and answered alike", async () => {
    const client = await MongoClient.connect(open.uri, { retryWrites: false });
    const database = client.db(open.database.databaseName);
    const session = client.startSession();
    const lsid = session.id;
    const command = {
      update: plans.collectionName,
      updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }],
      lsid,
      txnNumber: Long.fromNumber(1),
    };
    const first = await database.command(command, { session });
    const second = await database.command(command, { session });
    expect(second).toMatchObject({ n: 1, nModified: 1, ok: 1 });
    expect(second["operationTime"]).toEqual(first["operationTime"]);
    expect(await plans.findOne({ _id: 1 })).toEqual({ _id: 1, n: 1 });
    await database.command({ ...command, txnNumber: Long.fromNumber(2) }, { session });
    await expect(database.command(command, { session })).rejects.toMatchObject({ code: 225 });
    await session.endSession();
    await client.close();
  });
});
