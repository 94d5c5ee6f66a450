import { Double, Int32, type Document } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase, type OpenDatabase, type Thing } from "./openDatabase.ts";

let open: OpenDatabase;

beforeAll(async () => {
  open = await openDatabase();
});

afterAll(() => open.close());

/** Before, the filter's own part, the update, its options, and after: as the real server has it. */
const cases: readonly (readonly [string, Document, Document, Document | Document[], Document, Document])[] = [
  [
    "sets deep fields and makes what is missing",
    { a: 1 },
    {},
    { $set: { "b.c.d": 1 } },
    {},
    { a: 1, b: { c: { d: 1 } } },
  ],
  [
    "adds new fields in the order of their names",
    {},
    {},
    { $set: { z: 1, b: 1, a: 1 } },
    {},
    { a: 1, b: 1, z: 1 },
  ],
  [
    "sets an array's element and pads with null",
    { a: [1] },
    {},
    { $set: { "a.3": 4 } },
    {},
    { a: [1, null, null, 4] },
  ],
  [
    "unsets a field, and an element to null",
    { a: 1, b: [1, 2] },
    {},
    { $unset: { a: "", "b.0": "" } },
    {},
    { b: [null, 2] },
  ],
  [
    "keeps the smaller and the greater",
    { a: 5, b: 5 },
    {},
    { $min: { a: 3 }, $max: { b: 7, c: 1 } },
    {},
    { a: 3, b: 7, c: 1 },
  ],
  ["renames", { a: { x: 1 }, b: 2 }, {}, { $rename: { "a.x": "c" } }, {}, { a: {}, b: 2, c: 1 }],
  ["pushes", { a: [1] }, {}, { $push: { a: 2, b: 1 } }, {}, { a: [1, 2], b: [1] }],
  [
    "pushes many, sorted and cut",
    { a: [3, 1] },
    {},
    { $push: { a: { $each: [2, 5], $sort: -1, $slice: 3 } } },
    {},
    { a: [5, 3, 2] },
  ],
  [
    "pushes at a place",
    { a: [1, 2] },
    {},
    { $push: { a: { $each: [9], $position: 1 } } },
    {},
    { a: [1, 9, 2] },
  ],
  [
    "pushes at a place that is counted from the end, or before the beginning",
    { a: [1, 2, 3], b: [1, 2] },
    {},
    { $push: { a: { $each: [9, 8], $position: -1 }, b: { $each: [9], $position: -5 } } },
    {},
    { a: [1, 2, 9, 8, 3], b: [9, 1, 2] },
  ],
  ["keeps a set", { a: [1] }, {}, { $addToSet: { a: { $each: [1, 2, 2] } } }, {}, { a: [1, 2] }],
  [
    "pulls by value, condition and fields",
    { a: [1, 2, 3], e: [{ x: 1 }, { x: 2 }] },
    {},
    { $pull: { a: { $gte: 2 }, e: { x: 1 } } },
    {},
    { a: [1], e: [{ x: 2 }] },
  ],
  ["pulls all of some", { a: [1, 2, 1, 3] }, {}, { $pullAll: { a: [1, 3] } }, {}, { a: [2] }],
  [
    "pops from both ends",
    { a: [1, 2, 3], b: [1, 2, 3] },
    {},
    { $pop: { a: 1, b: -1 } },
    {},
    { a: [1, 2], b: [2, 3] },
  ],
  ["sets bits", { a: new Int32(13) }, {}, { $bit: { a: { and: new Int32(10) } } }, {}, { a: 8 }],
  [
    "changes the element that the filter found",
    { e: [{ i: 1 }, { i: 2 }] },
    { "e.i": 2 },
    { $set: { "e.$.t": "x" } },
    {},
    { e: [{ i: 1 }, { i: 2, t: "x" }] },
  ],
  [
    "changes the element that $elemMatch found",
    {
      e: [
        { i: 1, j: 1 },
        { i: 1, j: 2 },
      ],
    },
    { e: { $elemMatch: { i: 1, j: 2 } } },
    { $set: { "e.$.i": 9 } },
    {},
    {
      e: [
        { i: 1, j: 1 },
        { i: 9, j: 2 },
      ],
    },
  ],
  [
    "changes every element",
    { e: [{ i: 1 }, { i: 2 }] },
    {},
    { $inc: { "e.$[].i": 1 } },
    {},
    { e: [{ i: 2 }, { i: 3 }] },
  ],
  [
    "changes the elements of an array filter",
    { e: [{ i: 1 }, { i: 5 }, { i: 7 }] },
    {},
    { $set: { "e.$[big].i": 0 } },
    { arrayFilters: [{ "big.i": { $gte: 5 } }] },
    { e: [{ i: 1 }, { i: 0 }, { i: 0 }] },
  ],
  [
    "runs a pipeline",
    { a: 1, b: 2 },
    {},
    [{ $set: { c: { $add: ["$a", "$b"] } } }, { $unset: "a" }],
    {},
    { b: 2, c: 3 },
  ],
];

describe("an update", () => {
  it.each(cases)("%s", async (_name, before, filter, update, options, after) => {
    const things = open.database.collection<Thing>("updated");
    const { insertedId } = await things.insertOne({ ...before });
    const result = await things.updateOne({ _id: insertedId, ...filter }, update, options);
    expect(result).toMatchObject({ matchedCount: 1, modifiedCount: 1 });
    const found = await things.findOne({ _id: insertedId }, { projection: { _id: 0 } });
    expect(JSON.stringify(found)).toBe(JSON.stringify(after));
  });

  it("that changes nothing counts as matched, not as modified", async () => {
    const things = open.database.collection<Thing>("same");
    await things.insertOne({ a: 1, list: [1] });
    const result = await things.updateOne({}, { $set: { a: 1 }, $addToSet: { list: 1 }, $unset: { b: "" } });
    expect(result).toMatchObject({ matchedCount: 1, modifiedCount: 0 });
    expect(await things.updateOne({}, { $set: { a: new Double(1) } })).toMatchObject({ modifiedCount: 1 });
  });

  it("of many changes all that match", async () => {
    const things = open.database.collection<Thing>("many");
    await things.insertMany([{ k: 1 }, { k: 1 }, { k: 2 }]);
    expect(await things.updateMany({ k: 1 }, { $set: { seen: true } })).toMatchObject({ modifiedCount: 2 });
    expect(await things.countDocuments({ seen: true })).toBe(2);
  });

  it("inserts what its filter says when asked to and nothing is there", async () => {
    const things = open.database.collection<Thing>("upserted");
    const update = { $set: { b: 1 }, $setOnInsert: { c: 1 } };
    const first = await things.updateOne({ k: 1, "d.e": { $eq: 2 }, f: { $gt: 3 } }, update, {
      upsert: true,
    });
    expect(first.upsertedCount).toBe(1);
    expect(await things.findOne({}, { projection: { _id: 0 } })).toEqual({ k: 1, d: { e: 2 }, b: 1, c: 1 });
    const second = await things.updateOne(
      { k: 1 },
      { $set: { b: 2 }, $setOnInsert: { c: 2 } },
      { upsert: true },
    );
    expect(second).toMatchObject({ upsertedCount: 0, modifiedCount: 1 });
    expect(await things.findOne({}, { projection: { _id: 0, b: 1, c: 1 } })).toEqual({ b: 2, c: 1 });
  });

  it("can give the document before or after itself", async () => {
    const things = open.database.collection<Thing>("fetched");
    await things.insertMany([
      { k: 1, n: 1 },
      { k: 1, n: 2 },
    ]);
    const options = { sort: { n: -1 }, projection: { _id: 0, n: 1 } } as const;
    expect(await things.findOneAndUpdate({ k: 1 }, { $inc: { n: 5 } }, options)).toEqual({ n: 2 });
    expect(
      await things.findOneAndUpdate({ k: 1 }, { $inc: { n: 5 } }, { ...options, returnDocument: "after" }),
    ).toEqual({ n: 12 });
    expect(await things.findOneAndDelete({ k: 1 }, options)).toEqual({ n: 12 });
    expect(
      await things.findOneAndReplace({ k: 9 }, { k: 9 }, { upsert: true, returnDocument: "after" }),
    ).toMatchObject({ k: 9 });
    expect(await things.findOneAndUpdate({ k: "none" }, { $set: { a: 1 } })).toBeNull();
  });
});

describe("an update is refused and changes nothing:", () => {
  it.each<readonly [string, Document, number]>([
    ["two operators on one path", { $set: { a: 1 }, $inc: { a: 1 } }, 40],
    ["a path inside another", { $set: { b: 1, "b.c": 1 } }, 40],
    ["adding to a text", { $inc: { text: 1 } }, 14],
    ["adding a text", { $inc: { a: "1" as unknown as number } }, 14],
    ["pushing to a text", { $push: { text: 1 } }, 2],
    ["a field inside a number", { $set: { "a.b": 1 } }, 28],
    ["an _id", { $set: { _id: 5 } }, 66],
    ["an unknown operator", { $wat: { a: 1 } } as unknown as Document, 9],
    ["a position without a match", { $set: { "list.$": 1 } }, 2],
    ["an unknown array filter", { $set: { "list.$[x]": 1 } }, 2],
  ])("%s", async (_name, update, code) => {
    const things = open.database.collection<Thing>("refused");
    await things.insertOne({ a: 1, text: "t", list: [1] });
    const before = await things.find().toArray();
    await expect(things.updateOne({ a: 1 }, update)).rejects.toMatchObject({ code });
    expect(await things.find().toArray()).toEqual(before);
    await things.drop();
  });
});
