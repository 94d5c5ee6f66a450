import { type Collection, ObjectId, type Document } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabase, type OpenDatabase, type Thing } from "./openDatabase.ts";

let open: OpenDatabase;
let users: Collection<Thing>;

beforeAll(async () => {
  open = await openDatabase();
});

afterAll(() => open.close());

beforeEach(() => {
  users = open.database.collection(`users-${new ObjectId().toHexString()}`);
});

describe("a unique index", () => {
  it("refuses a second document with its key, by insert, update, upsert and replacement", async () => {
    await users.createIndex({ email: 1 }, { unique: true });
    await users.insertOne({ _id: 1, email: "jon@example.com" });
    await users.insertOne({ _id: 2, email: "jane@example.com" });
    const refusal = { code: 11000, keyPattern: { email: 1 }, keyValue: { email: "jon@example.com" } };
    await expect(users.insertOne({ email: "jon@example.com" })).rejects.toMatchObject(refusal);
    const set = { $set: { email: "jon@example.com" } };
    await expect(users.updateOne({ _id: 2 }, set)).rejects.toMatchObject(refusal);
    await expect(users.updateOne({ _id: 3 }, set, { upsert: true })).rejects.toMatchObject({ code: 11000 });
    await expect(users.replaceOne({ _id: 2 }, { email: "jon@example.com" })).rejects.toMatchObject({
      code: 11000,
    });
    await expect(users.findOneAndUpdate({ _id: 2 }, set)).rejects.toMatchObject(refusal);
    expect(await users.find().toArray()).toEqual([
      { _id: 1, email: "jon@example.com" },
      { _id: 2, email: "jane@example.com" },
    ]);
  });

  it("lets a key be used again once it is free", async () => {
    await users.createIndex({ email: 1 }, { unique: true });
    await users.insertOne({ _id: 1, email: "a" });
    await users.updateOne({ _id: 1 }, { $set: { email: "b" } });
    await users.insertOne({ _id: 2, email: "a" });
    await users.deleteOne({ _id: 1 });
    await users.insertOne({ _id: 3, email: "b" });
    expect(await users.countDocuments()).toBe(2);
  });

  it("knows the elements of arrays, compound keys, partial filters and sparseness", async () => {
    await users.createIndexes([
      { key: { tags: 1 }, unique: true, partialFilterExpression: { tags: { $exists: true } } },
      { key: { household: 1, week: 1 }, unique: true, sparse: true },
      { key: { token: 1 }, unique: true, partialFilterExpression: { live: true } },
    ]);
    await users.insertOne({ tags: ["a", "b"], household: 1, week: 1, token: 1, live: true });
    await users.insertMany([{ x: 1 }, { x: 2 }, { token: 1, live: false, tags: [] }]);
    await expect(users.insertOne({ tags: ["c", "b"] })).rejects.toMatchObject({ code: 11000 });
    await expect(users.insertOne({ household: 1, week: 1 })).rejects.toMatchObject({ code: 11000 });
    await expect(users.insertOne({ token: 1, live: true })).rejects.toMatchObject({ code: 11000 });
    await users.insertOne({ household: 1, week: 2 });
  });

  it("cannot be made over duplicates, and then is not there", async () => {
    await users.insertMany([{ email: "a" }, { email: "a" }]);
    await expect(users.createIndex({ email: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 });
    expect((await users.indexes()).map(({ name }) => name)).toEqual(["_id_"]);
  });

  it("counts numbers of every type as one key, and _id is unique too", async () => {
    await users.insertOne({ _id: 1 });
    await expect(users.insertOne({ _id: 1.0 })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { _id: 1 },
    });
  });
});

describe("indexes", () => {
  it("are listed as they were made, and dropped by name, by key and all at once", async () => {
    expect(await users.createIndex({ a: 1, b: -1 }, { unique: true })).toBe("a_1_b_-1");
    await users.createIndex({ c: 1 }, { name: "mine" });
    await users.createIndex({ d: 1 });
    expect(await users.createIndex({ d: 1 })).toBe("d_1");
    expect(await users.indexes()).toEqual([
      { v: 2, key: { _id: 1 }, name: "_id_" },
      { v: 2, key: { a: 1, b: -1 }, name: "a_1_b_-1", unique: true },
      { v: 2, key: { c: 1 }, name: "mine" },
      { v: 2, key: { d: 1 }, name: "d_1" },
    ]);
    await users.dropIndex("mine");
    await expect(users.dropIndex("mine")).rejects.toMatchObject({ code: 27 });
    await open.database.command({ dropIndexes: users.collectionName, index: { d: 1 } });
    await users.dropIndexes();
    expect(await users.indexes()).toHaveLength(1);
  });

  it("that clash with another are refused", async () => {
    await users.createIndex({ a: 1 });
    await expect(users.createIndex({ a: 1 }, { name: "other" })).rejects.toMatchObject({ code: 85 });
    await expect(users.createIndex({ b: 1 }, { name: "a_1" })).rejects.toMatchObject({ code: 86 });
    await expect(users.createIndex({ a: 1 }, { unique: true })).rejects.toMatchObject({ code: 85 });
    await expect(users.createIndex({ a: "2dsphere" })).rejects.toMatchObject({ code: 67 });
  });

  it("cannot hold two arrays in one key, nor ask for what is not equal", async () => {
    await users.createIndex({ a: 1, b: 1 });
    await users.insertOne({ _id: 1, a: [1, 2], b: 1 });
    await expect(users.insertOne({ a: [1, 2], b: [1] })).rejects.toMatchObject({ code: 171 });
    await expect(users.updateOne({ _id: 1 }, { $set: { b: [1, 2] } })).rejects.toMatchObject({ code: 171 });
    const partial = users.createIndex({ c: 1 }, { partialFilterExpression: { c: { $ne: 1 } } });
    await expect(partial).rejects.toMatchObject({ code: 67 });
    expect(await users.find({}, { projection: { _id: 1 } }).toArray()).toEqual([{ _id: 1 }]);
  });

  it("are used: a document is found among ten thousand without looking at the others", async () => {
    await users.createIndex({ email: 1 });
    await users.createIndex({ household: 1, week: 1 });
    const many = Array.from({ length: 10_000 }, (_none, index) => ({
      _id: index,
      email: `u${index}`,
      household: index % 100,
      week: Math.floor(index / 100),
    }));
    await users.insertMany(many);
    const examined = async (filter: Document) => {
      const { executionStats } = await users.find(filter).explain("executionStats");
      return [executionStats.totalDocsExamined, executionStats.nReturned];
    };
    expect(await examined({ _id: 77 })).toEqual([1, 1]);
    expect(await examined({ email: "u77" })).toEqual([1, 1]);
    expect(await examined({ household: 7, week: 3 })).toEqual([1, 1]);
    expect(await examined({ household: 7 })).toEqual([100, 100]);
    expect(await examined({ email: { $in: ["u1", "u2"] }, week: 0 })).toEqual([2, 2]);
    expect(await examined({ week: 3 })).toEqual([10_000, 100]);
  });
});

describe("an index that is about to become unique", () => {
  it("keeps new documents apart, lets old ones be, and says which stand against it", async () => {
    await users.insertMany([
      { _id: 1, email: "a" },
      { _id: 2, email: "a" },
      { _id: 3, email: "b" },
    ]);
    await users.createIndex({ email: 1 });
    const collMod = (index: Document, more: Document = {}) =>
      open.database.command({
        collMod: users.collectionName,
        index: { keyPattern: { email: 1 }, ...index },
        ...more,
      });
    await expect(collMod({ unique: true })).rejects.toMatchObject({ code: 72 });
    expect(await collMod({ prepareUnique: true })).toMatchObject({
      prepareUnique_old: false,
      prepareUnique_new: true,
    });
    await expect(users.insertOne({ email: "a" })).rejects.toMatchObject({ code: 11000 });
    await expect(users.updateOne({ _id: 3 }, { $set: { email: "a" } })).rejects.toMatchObject({
      code: 11000,
    });
    await users.updateOne({ _id: 2 }, { $set: { name: "still there" } });
    const refusal = { code: 359, errorResponse: { violations: [{ ids: [1, 2] }] } };
    await expect(collMod({ unique: true }, { dryRun: true })).rejects.toMatchObject(refusal);
    await expect(collMod({ unique: true })).rejects.toMatchObject(refusal);
    await users.deleteOne({ _id: 2 });
    expect(await collMod({ unique: true })).toMatchObject({ unique_new: true });
    expect(await users.indexes()).toContainEqual({ v: 2, key: { email: 1 }, name: "email_1", unique: true });
  });
});
