import {
  Binary,
  BSONRegExp,
  type Collection,
  Decimal128,
  type Document,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from "mongodb";
import { serialize } from "bson";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabase, type OpenDatabase, type Thing } from "./openDatabase.ts";

let open: OpenDatabase;
let recipes: Collection<Thing>;

const asStored = {
  promoteValues: false,
  promoteLongs: false,
  promoteBuffers: false,
  bsonRegExp: true,
} as const;

beforeAll(async () => {
  open = await openDatabase();
});

afterAll(() => open.close());

beforeEach(async () => {
  recipes = open.database.collection(`recipes-${new ObjectId().toHexString()}`);
  await open.database.createCollection(recipes.collectionName);
});

function everyType(): Thing & { readonly _id: ObjectId } {
  return {
    _id: new ObjectId(),
    z: new Int32(7),
    long: Long.fromString("9007199254740993"),
    smallLong: Long.fromNumber(3),
    wholeDouble: new Double(5),
    minusZero: new Double(-0),
    decimal: Decimal128.fromString("1.10"),
    date: new Date("2026-11-20T12:00:00.000Z"),
    binary: new Binary(Buffer.from([0, 255, 1]), 4),
    timestamp: new Timestamp({ t: 5, i: 6 }),
    regex: new BSONRegExp("^a", "i"),
    least: new MinKey(),
    most: new MaxKey(),
    nothing: null,
    text: "crème brûlée 🍮",
    nested: { "2": "b", a: [new Int32(1), new Double(1), [new Long(1)], {}] },
    reference: { $ref: "users", $id: new Int32(1) },
  };
}

/** The document as the server sends it, in hexadecimal. */
async function storedBytes({ _id: id }: { readonly _id: ObjectId }): Promise<string> {
  const raw = open.database.collection(recipes.collectionName, { raw: true });
  const bytes: unknown = await raw.findOne({ _id: id });
  return bytes instanceof Uint8Array ? Buffer.from(bytes).toString("hex") : "";
}

describe("a document", () => {
  it("comes back byte for byte as it was sent", async () => {
    const sent = everyType();
    await recipes.insertOne(sent);
    expect(await storedBytes(sent)).toBe(Buffer.from(serialize(sent)).toString("hex"));
  });

  it("keeps the bytes, types and order of every field that an update does not touch", async () => {
    const sent = everyType();
    await recipes.insertOne(sent);
    await recipes.updateOne({ _id: sent["_id"] }, { $set: { text: "tart", added: new Int32(1) } });
    const expected = { ...sent, text: "tart", added: new Int32(1) };
    expect(await storedBytes(sent)).toBe(Buffer.from(serialize(expected)).toString("hex"));
  });

  it("keeps its types through a projection, an aggregation and a replacement", async () => {
    const sent = everyType();
    await recipes.insertOne(sent);
    const [aggregated] = await recipes
      .aggregate([{ $match: {} }, { $addFields: { copy: "$long", sum: { $add: ["$z", 1] } } }], asStored)
      .toArray();
    expect(aggregated).toMatchObject({
      long: sent["long"],
      smallLong: sent["smallLong"],
      wholeDouble: sent["wholeDouble"],
      binary: sent["binary"],
      timestamp: sent["timestamp"],
      sum: new Int32(8),
    });
    const projected = await recipes.findOne({}, { ...asStored, projection: { smallLong: 1, "nested.a": 1 } });
    expect(projected).toEqual({
      _id: sent["_id"],
      smallLong: sent["smallLong"],
      nested: { a: [new Int32(1), new Double(1), [new Long(1)], {}] },
    });
    await recipes.replaceOne({ _id: sent["_id"] }, { b: new Double(1), a: new Long(1) });
    const replaced = await recipes.findOne({}, asStored);
    expect(Object.entries(replaced ?? {})).toEqual([
      ["_id", sent["_id"]],
      ["b", new Double(1)],
      ["a", new Long(1)],
    ]);
  });

  it("is shown in part as a projection says, its fields in their own order", async () => {
    await recipes.insertOne({ _id: 1, z: 1, list: [{ a: 1 }, { a: 2 }, { a: 3 }], b: { c: 1, d: 2 } });
    const show = async (projection: Document, filter: Document = {}) =>
      JSON.stringify(await recipes.findOne(filter, { projection }));
    expect(await show({ b: 1, z: 1 })).toBe('{"_id":1,"z":1,"b":{"c":1,"d":2}}');
    expect(await show({ _id: 0, list: 0, "b.c": 0 })).toBe('{"z":1,"b":{"d":2}}');
    expect(await show({ _id: 0, "list.a": 1 })).toBe('{"list":[{"a":1},{"a":2},{"a":3}]}');
    expect(await show({ b: 0, list: { $slice: -1 } })).toBe('{"_id":1,"z":1,"list":[{"a":3}]}');
    expect(await show({ z: 1, list: { $slice: [1, 1] } })).toBe('{"_id":1,"z":1,"list":[{"a":2}]}');
    expect(await show({ list: { $elemMatch: { a: { $gt: 1 } } } })).toBe('{"_id":1,"list":[{"a":2}]}');
    expect(await show({ "list.$": 1 }, { "list.a": 3 })).toBe('{"_id":1,"list":[{"a":3}]}');
    expect(await show({ _id: 0, z: 1, sum: { $add: ["$z", "$b.d"] } })).toBe('{"z":1,"sum":3}');
    await expect(show({ z: 1, b: 0 })).rejects.toMatchObject({ code: expect.any(Number) });
  });

  it("gets an _id and has it first, even when it was sent last", async () => {
    await recipes.insertOne({ title: "soup", _id: 5 });
    expect(Object.keys((await recipes.findOne()) ?? {})).toEqual(["_id", "title"]);
  });

  it("counts in the number type that is there", async () => {
    await recipes.insertOne({
      int: new Int32(2),
      long: new Long(2),
      double: new Double(2),
      big: new Int32(2147483647),
    });
    await recipes.updateOne(
      {},
      { $inc: { int: 1, long: 1, double: 1, big: 1 }, $mul: { absent: new Long(5) } },
    );
    expect(await recipes.findOne({}, { ...asStored, projection: { _id: 0 } })).toEqual({
      int: new Int32(3),
      long: new Long(3),
      double: new Double(3),
      big: Long.fromNumber(2147483648),
      absent: new Long(0),
    });
  });
});

describe("a result of many documents", () => {
  it("comes whole through many batches, in the order of insertion", async () => {
    await recipes.insertMany(Array.from({ length: 1000 }, (_none, index) => ({ _id: 999 - index })));
    const found = await recipes.find({}, { batchSize: 7 }).toArray();
    expect(found.map(({ _id: id }) => id)).toEqual(
      Array.from({ length: 1000 }, (_none, index) => 999 - index),
    );
  });

  it("is found as it is fetched: what is written between two batches is in the next one, each document once", async () => {
    await recipes.insertMany(Array.from({ length: 10 }, (_none, index) => ({ _id: index, n: 0 })));
    const cursor = recipes.find({}, { batchSize: 2 });
    await cursor.next();
    await recipes.updateMany({}, { $set: { n: 1 } });
    await recipes.deleteOne({ _id: 9 });
    expect((await cursor.toArray()).map(({ _id: id, n }) => [id, n])).toEqual([
      [1, 0],
      ...[2, 3, 4, 5, 6, 7, 8].map((id) => [id, 1]),
    ]);
  });

  it("begins at once, however much there is", async () => {
    await recipes.insertMany(Array.from({ length: 3000 }, (_none, index) => ({ _id: index })));
    const slow = { $expr: { $gte: [{ $size: { $range: [0, 2000] } }, "$_id"] } };
    const command = { find: recipes.collectionName, filter: slow, batchSize: 1, maxTimeMS: 50 };
    expect((await open.database.command(command))["cursor"].firstBatch).toEqual([{ _id: 0 }]);
  });

  it("ends with its collection, and with the index that it goes through", async () => {
    await recipes.insertMany([1, 2, 3].map((index) => ({ _id: index, n: index })));
    await recipes.createIndex({ n: 1 });
    const byIndex = recipes.find({ n: { $gt: 0 } }, { batchSize: 1 });
    const all = recipes.find({}, { batchSize: 1 });
    await byIndex.next();
    await all.next();
    await recipes.dropIndex("n_1");
    await expect(byIndex.next()).rejects.toMatchObject({ code: 175, codeName: "QueryPlanKilled" });
    await recipes.drop();
    await expect(all.next()).rejects.toMatchObject({ code: 175 });
  });

  it("has a cursor as long as the server has not seen its end", async () => {
    await recipes.insertMany([1, 2, 3].map((index) => ({ _id: index })));
    const find = async (more: Document) => {
      const { cursor } = await open.database.command({ find: recipes.collectionName, ...more });
      return [cursor.firstBatch.length, String(cursor.id) !== "0"];
    };
    expect(await find({ batchSize: 3 })).toEqual([3, true]);
    expect(await find({ batchSize: 4 })).toEqual([3, false]);
    expect(await find({ batchSize: 3, limit: 3 })).toEqual([3, false]);
    expect(await find({ batchSize: 1, filter: { _id: 1 } })).toEqual([1, false]);
    expect(await find({ batchSize: 3, sort: { n: 1 } })).toEqual([3, false]);
    expect(await find({ batchSize: 0 })).toEqual([0, true]);
    expect(await find({ batchSize: 1, singleBatch: true })).toEqual([1, false]);
  });

  it("says how long it waits only where it can wait", async () => {
    await recipes.insertMany([1, 2, 3].map((index) => ({ _id: index })));
    const { cursor } = await open.database.command({ find: recipes.collectionName, batchSize: 1 });
    const more = { getMore: cursor.id, collection: recipes.collectionName, maxTimeMS: 50 };
    await expect(open.database.command(more)).rejects.toMatchObject({ code: 2 });
  });

  it("counts once for each different value, an array by its elements", async () => {
    await recipes.insertMany([{ a: 2 }, { a: [1, 2, [1]] }, { a: [[1], null] }, {}, { a: [] }]);
    expect(await recipes.distinct("a")).toEqual([null, 1, 2, [1]]);
  });

  it("larger than a message is split", async () => {
    const text = "x".repeat(6 * 1024 * 1024);
    for (const index of [0, 1, 2, 3]) await recipes.insertOne({ _id: index, text });
    expect((await recipes.find().toArray()).map(({ _id: id }) => id)).toEqual([0, 1, 2, 3]);
  });

  it("sorts, skips and limits as asked, mixed types in MongoDB's order", async () => {
    const values = [
      true,
      "b",
      3,
      null,
      [9, 1],
      { a: 1 },
      "a",
      2.5,
      new Date(0),
      Long.fromNumber(2),
      new ObjectId(),
    ];
    await recipes.insertMany(values.map((value, index) => ({ _id: index, value })));
    const sorted = await recipes.find().sort({ value: 1, _id: 1 }).toArray();
    expect(sorted.map(({ _id: id }) => id)).toEqual([3, 4, 9, 7, 2, 6, 1, 5, 10, 0, 8]);
    const page = await recipes.find().sort({ _id: -1 }).skip(2).limit(3).toArray();
    expect(page.map(({ _id: id }) => id)).toEqual([8, 7, 6]);
  });
});
