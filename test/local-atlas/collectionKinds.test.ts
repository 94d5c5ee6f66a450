import type { Document } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase, type OpenDatabase, type Thing } from "./openDatabase.ts";

let open: OpenDatabase;

beforeAll(async () => {
  open = await openDatabase();
});

afterAll(() => open.close());

const modify = (fields: Document) => open.database.command({ collMod: "old", ...fields });
const things = (name: string) => open.database.collection<Thing>(name);

describe("a validator", () => {
  const schema = {
    bsonType: "object",
    required: ["title"],
    properties: {
      title: { bsonType: "string", minLength: 2, description: "a title" },
      servings: { bsonType: ["int", "double"], minimum: 1 },
    },
  };

  it("refuses inserts, updates, replacements and upserts, and says which rule", async () => {
    const recipes = await open.database.createCollection<Thing>("recipes", {
      validator: { $jsonSchema: schema },
    });
    await recipes.insertOne({ _id: 1, title: "Soup", servings: 2 });
    await expect(recipes.insertOne({ _id: 2, title: "x", servings: 0 })).rejects.toMatchObject({
      code: 121,
      errInfo: {
        failingDocumentId: 2,
        details: {
          operatorName: "$jsonSchema",
          schemaRulesNotSatisfied: [
            {
              operatorName: "properties",
              propertiesNotSatisfied: [
                { propertyName: "title", description: "a title", details: [{ operatorName: "minLength" }] },
                { propertyName: "servings", details: [{ operatorName: "minimum", consideredValue: 0 }] },
              ],
            },
          ],
        },
      },
    });
    const refused = { code: 121 };
    await expect(recipes.updateOne({ _id: 1 }, { $unset: { title: 1 } })).rejects.toMatchObject(refused);
    await expect(recipes.replaceOne({ _id: 1 }, { servings: 1 })).rejects.toMatchObject(refused);
    await expect(recipes.updateOne({ _id: 3 }, { $set: { a: 1 } }, { upsert: true })).rejects.toMatchObject(
      refused,
    );
    await expect(recipes.findOneAndUpdate({ _id: 1 }, { $set: { title: 5 } })).rejects.toMatchObject({
      ...refused,
      errInfo: { failingDocumentId: 1 },
    });
    expect(await recipes.find().toArray()).toEqual([{ _id: 1, title: "Soup", servings: 2 }]);
    await recipes.insertOne({ _id: 4 }, { bypassDocumentValidation: true });
  });

  it("can be added, made moderate, made to warn only, and taken away", async () => {
    const old = things("old");
    await old.insertMany([
      { _id: 1, n: -1 },
      { _id: 2, n: 1 },
    ]);
    await modify({ validator: { n: { $gt: 0 } }, validationLevel: "moderate" });
    await old.updateOne({ _id: 1 }, { $set: { n: -2 } });
    await expect(old.updateOne({ _id: 2 }, { $set: { n: -2 } })).rejects.toMatchObject({
      code: 121,
      errInfo: { details: { operatorName: "$gt", reason: "comparison failed", consideredValue: -2 } },
    });
    await modify({ validationAction: "warn" });
    await old.insertOne({ _id: 3, n: -3 });
    await modify({ validator: {}, validationAction: "error" });
    await old.insertOne({ _id: 4, n: -4 });
    expect(await old.countDocuments()).toBe(4);
  });
});

describe("a view", () => {
  it("reads what its pipeline makes of a collection, also in another view and in a join", async () => {
    await things("orders").insertMany([
      { _id: 1, sum: 5, of: "a" },
      { _id: 2, sum: 7, of: "b" },
      { _id: 3, sum: 9, of: "a" },
    ]);
    await open.database.createCollection("large", {
      viewOn: "orders",
      pipeline: [{ $match: { sum: { $gt: 5 } } }],
    });
    await open.database.createCollection("sums", {
      viewOn: "large",
      pipeline: [{ $project: { _id: 0, sum: 1 } }],
    });
    expect(
      await things("sums")
        .find({}, { sort: { sum: -1 } })
        .toArray(),
    ).toEqual([{ sum: 9 }, { sum: 7 }]);
    expect(await things("large").countDocuments({ of: "a" })).toBe(1);
    expect(await things("large").estimatedDocumentCount()).toBe(2);
    expect(await things("large").distinct("of")).toEqual(["a", "b"]);
    const joined = things("orders").aggregate([
      { $match: { _id: 1 } },
      { $lookup: { from: "large", localField: "of", foreignField: "of", as: "others" } },
    ]);
    expect(await joined.toArray()).toMatchObject([{ others: [{ _id: 3 }] }]);
    const [listed] = await open.database.listCollections({ name: "large" }).toArray();
    expect(listed).toMatchObject({ type: "view", options: { viewOn: "orders" }, info: { readOnly: true } });
    await expect(things("large").insertOne({})).rejects.toMatchObject({ code: 166 });
    await expect(things("large").createIndex({ sum: 1 })).rejects.toMatchObject({ code: 166 });
  });
});

describe("a capped collection", () => {
  it("forgets the oldest, and a tailable cursor waits for the newest", async () => {
    const log = await open.database.createCollection<Thing>("log", { capped: true, size: 4096, max: 3 });
    await log.insertMany([1, 2, 3, 4].map((id) => ({ _id: id })));
    expect(await log.distinct("_id")).toEqual([2, 3, 4]);
    const cursor = log.find({}, { tailable: true, awaitData: true, maxAwaitTimeMS: 20_000 });
    for (const id of [2, 3, 4]) expect(await cursor.next()).toEqual({ _id: id });
    const next = cursor.next();
    await log.insertOne({ _id: 5 });
    expect(await next).toEqual({ _id: 5 });
    await cursor.close();
    const [stats] = await log.aggregate([{ $collStats: { storageStats: {} } }]).toArray();
    expect(stats).toMatchObject({ storageStats: { capped: true, maxSize: 4096, count: 3 } });
    await expect(things("orders").find({}, { tailable: true }).toArray()).rejects.toMatchObject({ code: 2 });
  });
});

describe("renaming", () => {
  it("keeps documents, indexes and identity, and takes another's place only when told to", async () => {
    await things("before").insertOne({ _id: 1, a: 1 });
    await things("before").createIndex({ a: 1 }, { unique: true });
    await things("taken").insertOne({ _id: 9 });
    await expect(things("before").rename("taken")).rejects.toMatchObject({ code: 48 });
    await expect(things("nowhere").rename("somewhere")).rejects.toMatchObject({ code: 26 });
    const stream = open.database.watch([], { showExpandedEvents: true, maxAwaitTimeMS: 20 });
    await stream.tryNext();
    await things("before").rename("taken", { dropTarget: true });
    expect(await stream.next()).toMatchObject({
      operationType: "rename",
      ns: { coll: "before" },
      to: { coll: "taken" },
      operationDescription: { to: { coll: "taken" }, dropTarget: expect.anything() },
    });
    await stream.close();
    expect(await things("taken").find().toArray()).toEqual([{ _id: 1, a: 1 }]);
    await expect(things("taken").insertOne({ a: 1 })).rejects.toMatchObject({ code: 11000 });
    expect(await things("before").countDocuments()).toBe(0);
  });
});

describe("$out and $merge", () => {
  it("write what a pipeline makes into a collection", async () => {
    await things("sales").insertMany([
      { _id: 1, of: "a", n: 1 },
      { _id: 2, of: "b", n: 2 },
      { _id: 3, of: "a", n: 3 },
    ]);
    const sums = [{ $group: { _id: "$of", n: { $sum: "$n" } } }];
    await things("totals").insertMany([
      { _id: "a", n: 0, note: "kept" },
      { _id: "z", n: 9 },
    ]);
    expect(
      await things("sales")
        .aggregate([...sums, { $merge: { into: "totals" } }])
        .toArray(),
    ).toEqual([]);
    expect(await things("totals").find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: "a", n: 4, note: "kept" },
      { _id: "b", n: 2 },
      { _id: "z", n: 9 },
    ]);
    const whenMatched = [{ $set: { n: { $add: ["$n", "$$new.n"] } } }];
    await things("sales")
      .aggregate([...sums, { $merge: { into: "totals", whenMatched, whenNotMatched: "fail" } }])
      .toArray();
    expect(await things("totals").findOne({ _id: "a" })).toEqual({ _id: "a", n: 8, note: "kept" });
    await things("totals").createIndex({ n: 1 });
    await things("sales")
      .aggregate([...sums, { $sort: { _id: 1 } }, { $out: "totals" }])
      .toArray();
    expect(await things("totals").find().toArray()).toEqual([
      { _id: "a", n: 4 },
      { _id: "b", n: 2 },
    ]);
    expect(await things("totals").indexes()).toHaveLength(2);
  });

  it("refuse what they cannot do, and then write nothing", async () => {
    const run = (...stages: Document[]) => things("sales").aggregate(stages).toArray();
    await expect(run({ $out: "x" }, { $match: {} })).rejects.toMatchObject({ code: 40601 });
    await expect(run({ $merge: { into: "x", on: "of" } })).rejects.toMatchObject({ code: 51183 });
    await things("totals").createIndex({ of: 1 }, { unique: true, sparse: true });
    await expect(run({ $set: { of: 1 } }, { $out: "totals" })).rejects.toMatchObject({ code: 11000 });
    expect(await things("totals").countDocuments()).toBe(2);
    await open.client.withSession(async (session) => {
      session.startTransaction();
      const merge = things("sales").aggregate([{ $merge: "x" }], { session });
      await expect(merge.toArray()).rejects.toMatchObject({ code: 263 });
    });
  });
});

describe("validate and collStats", () => {
  it("find an index as it should be and tell sizes", async () => {
    await things("checked").insertMany([{ _id: 1, tags: ["a", "b"] }, { _id: 2 }]);
    await things("checked").createIndex({ tags: 1 });
    expect(await open.database.command({ validate: "checked" })).toMatchObject({
      valid: true,
      nrecords: 2,
      keysPerIndex: { _id_: 2, tags_1: 3 },
    });
    expect(await open.database.command({ collStats: "checked" })).toMatchObject({ count: 2, nindexes: 2 });
    await expect(open.database.command({ validate: "nothing" })).rejects.toMatchObject({ code: 26 });
  });
});
