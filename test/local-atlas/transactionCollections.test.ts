import { MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase, type OpenDatabase, type Thing } from "./openDatabase.ts";

let open: OpenDatabase;

beforeAll(async () => {
  open = await openDatabase();
});

afterAll(() => open.close());

const listed = async () =>
  (await open.database.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name).toSorted();

describe("a collection made in a transaction", () => {
  it("is there for nobody else before the commit, with its indexes and documents after it", async () => {
    await open.client.withSession(async (session) => {
      session.startTransaction();
      const made = await open.database.createCollection<Thing>("made", { session });
      await made.createIndex({ email: 1 }, { unique: true, session });
      await made.insertOne({ _id: 1, email: "a" }, { session });
      await open.database.collection<Thing>("implied").insertOne({ _id: 1 }, { session });
      expect(await made.find({ email: "a" }, { session }).toArray()).toEqual([{ _id: 1, email: "a" }]);
      expect(await listed()).toEqual([]);
      expect(await made.countDocuments()).toBe(0);
      await session.commitTransaction();
    });
    expect(await listed()).toEqual(["implied", "made"]);
    const made = open.database.collection<Thing>("made");
    expect((await made.indexes()).map(({ name }) => name)).toEqual(["_id_", "email_1"]);
    await expect(made.insertOne({ email: "a" })).rejects.toMatchObject({ code: 11000 });
  });

  it("is gone with an aborted one", async () => {
    const before = await listed();
    await open.client.withSession(async (session) => {
      session.startTransaction();
      await open.database.collection<Thing>("gone").insertOne({ _id: 1 }, { session });
      await session.abortTransaction();
    });
    expect(await listed()).toEqual(before);
    await open.database.collection<Thing>("gone").insertOne({ _id: 1 });
  });

  it("keeps its unique indexes while nobody sees it, and lets only one make it", async () => {
    await open.client.withSession(async (session) => {
      session.startTransaction();
      const made = await open.database.createCollection<Thing>("contested", { session });
      await made.createIndex({ a: 1 }, { unique: true, session });
      await open.client.withSession(async (other) => {
        other.startTransaction();
        const second = open.database.collection("contested").insertOne({}, { session: other });
        await expect(second).rejects.toMatchObject({ code: 112 });
      });
      await expect(made.insertMany([{ a: 1 }, { a: 1 }], { session })).rejects.toMatchObject({ code: 11000 });
    });
    await open.database.collection("others").insertOne({});
    await open.client.withSession(async (session) => {
      session.startTransaction();
      const late = open.database.collection("others").createIndex({ a: 1 }, { session });
      await expect(late).rejects.toMatchObject({ code: 263 });
    });
  });
});

describe("killAllSessions", () => {
  it("aborts what others have open, and sessions are listed while they live", async () => {
    const admin = open.client.db("admin");
    const others = await MongoClient.connect(open.uri);
    const session = others.startSession();
    session.startTransaction();
    const things = others.db(open.database.databaseName).collection<Thing>("others");
    await things.insertOne({ _id: 7 }, { session });
    const all = await admin.aggregate([{ $listLocalSessions: {} }]).toArray();
    expect(all.map(({ _id: id }) => id.id.toString("hex"))).toContain(session.id?.id.toString("hex"));
    await admin.command({ killAllSessions: [] });
    await expect(things.findOne({}, { session })).rejects.toMatchObject({ code: 251 });
    await things.insertOne({ _id: 7 });
    await session.endSession();
    await others.close();
  });
});

describe("currentOp and killOp", () => {
  it("tell of a command that runs, and end it", async () => {
    const things = open.database.collection<Thing>("long");
    await things.insertMany(Array.from({ length: 300 }, (_none, index) => ({ _id: index })));
    const all = { from: "long", pipeline: [], as: "all" };
    const long = things.aggregate([{ $lookup: all }, { $unwind: "$all" }, { $lookup: all }]).toArray();
    const ended = expect(long).rejects.toMatchObject({ code: 11601, codeName: "Interrupted" });
    const admin = open.client.db("admin");
    const find = async () => {
      const { inprog } = await admin.command({ currentOp: 1, "command.aggregate": "long" });
      return inprog[0]?.opid;
    };
    await expect.poll(find, { interval: 1 }).toEqual(expect.any(Number));
    await admin.command({ killOp: 1, op: await find() });
    await ended;
  });
});
