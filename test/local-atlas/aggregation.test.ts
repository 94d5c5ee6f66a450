import { Double, Int32, Long, ObjectId } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase, type OpenDatabase } from "./openDatabase.ts";

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
