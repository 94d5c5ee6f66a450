import { Double, Int32, Long, ObjectId } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase, type OpenDatabase, type Thing } from "./openDatabase.ts";

let open: OpenDatabase;
const [jon, jane] = [new ObjectId(), new ObjectId()];

beforeAll(async () => {
  open = await openDatabase();
  await open.database.collection("users").insertMany([
    { _id: jon, name: "Jon" },
    { _id: jane, name: "Jane" },
  ]);
  await open.database.collection("meals").insertMany([
    { cook: jon, servings: new Int32(2), tags: ["soup", "quick"], at: new Date(0), price: new Double(2) },
    { cook: jon, servings: new Int32(4), tags: ["soup"], at: new Date(1000), price: new Double(3) },
    { cook: jane, servings: new Int32(3), tags: [], at: new Date(2000), views: Long.fromNumber(5) },
  ]);
});

afterAll(() => open.close());

function run(stages: Record<string, unknown>[]): Promise<unknown[]> {
  return open.database.collection("meals").aggregate(stages).toArray();
}

describe("an aggregation", () => {
  it("groups by an object id and sums", async () => {
    const stages = [{ $group: { _id: "$cook", total: { $sum: "$servings" } } }, { $sort: { total: -1 } }];
    expect(await run(stages)).toEqual([
      { _id: jon, total: 6 },
      { _id: jane, total: 3 },
    ]);
  });

  it("joins another collection", async () => {
    const lookup = { from: "users", localField: "cook", foreignField: "_id", as: "cooks" };
    const stages = [{ $lookup: lookup }, { $project: { _id: 0, name: { $first: "$cooks.name" } } }];
    expect(await run(stages)).toEqual([{ name: "Jon" }, { name: "Jon" }, { name: "Jane" }]);
  });

  it("takes arrays apart, empty ones too when asked to", async () => {
    const project = { $project: { _id: 0, tags: 1, at: 1 } };
    const where = { $match: { servings: { $gte: 3 } } };
    expect(await run([where, { $unwind: "$tags" }, project])).toEqual([{ tags: "soup", at: new Date(1000) }]);
    const keep = { $unwind: { path: "$tags", preserveNullAndEmptyArrays: true, includeArrayIndex: "i" } };
    expect(await run([where, keep, { $project: { _id: 0, tags: 1, i: 1 } }])).toEqual([
      { tags: "soup", i: 0 },
      { i: null },
    ]);
  });

  it("answers several questions at once and counts", async () => {
    const [answer] = await run([
      { $facet: { many: [{ $count: "n" }], tags: [{ $unwind: "$tags" }, { $sortByCount: "$tags" }] } },
    ]);
    expect(answer).toEqual({
      many: [{ n: 3 }],
      tags: [
        { _id: "soup", count: 2 },
        { _id: "quick", count: 1 },
      ],
    });
    expect(await run([{ $match: { servings: 99 } }, { $count: "n" }])).toEqual([]);
  });

  it("calculates with fields, conditions and dates", async () => {
    const stages = [
      { $sort: { at: 1 } },
      { $limit: 1 },
      {
        $project: {
          _id: 0,
          half: { $divide: ["$servings", 4] },
          size: { $cond: [{ $gt: ["$servings", 2] }, "big", "small"] },
          year: { $year: "$at" },
          tags: { $map: { input: "$tags", in: { $toUpper: "$$this" } } },
        },
      },
    ];
    expect(await run(stages)).toEqual([{ half: 0.5, size: "small", year: 1970, tags: ["SOUP", "QUICK"] }]);
  });

  it("adds fields to the documents inside of arrays, and removes with $$REMOVE", async () => {
    const lists = open.database.collection<Thing>("lists");
    await lists.insertOne({ _id: 1, entries: [{ a: 1 }, { a: 2 }], gone: 1 });
    const stage = {
      $set: { "entries.b": "$_id", nested: { deep: { $size: "$entries" } }, gone: "$$REMOVE" },
    };
    const [found] = await lists.aggregate([stage]).toArray();
    expect(JSON.stringify(found)).toBe(
      JSON.stringify({
        _id: 1,
        entries: [
          { a: 1, b: 1 },
          { a: 2, b: 1 },
        ],
        nested: { deep: 2 },
      }),
    );
  });

  it("numbers documents in a window, and sorts them into buckets", async () => {
    const output = { place: { $documentNumber: {} } };
    const windowed = await run([
      { $setWindowFields: { sortBy: { at: -1 }, output } },
      { $sort: { place: 1 } },
      { $project: { _id: 0, place: 1, servings: 1 } },
    ]);
    expect(windowed).toEqual([
      { servings: 3, place: 1 },
      { servings: 4, place: 2 },
      { servings: 2, place: 3 },
    ]);
    const buckets = await run([{ $bucket: { groupBy: "$servings", boundaries: [0, 3, 9] } }]);
    expect(JSON.stringify(buckets)).toBe('[{"_id":0,"count":1},{"_id":3,"count":2}]');
  });

  it("refuses what it does not know", async () => {
    await expect(run([{ $project: { x: { $nope: 1 } } }])).rejects.toMatchObject({ code: 31325 });
    const script = { $function: { body: "function() { return 1 }", args: [], lang: "js" } };
    if (process.env["MONGODB_URI"] === undefined) {
      await expect(run([{ $set: { x: script } }])).rejects.toMatchObject({ code: 238 });
    }
  });

  it("reads through cursors of any size", async () => {
    const documents = Array.from({ length: 500 }, (_none, index) => ({ index }));
    await open.database.collection("many").insertMany(documents);
    const found = await open.database
      .collection("many")
      .aggregate([{ $sort: { index: -1 } }], { batchSize: 9 })
      .toArray();
    expect(found.map(({ index }) => index as unknown)).toEqual(documents.map(({ index }) => 499 - index));
  });
});
