import { type Collection, type Document, ObjectId } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabase, type OpenDatabase, type Thing } from "./openDatabase.ts";

let open: OpenDatabase;
let dishes: Collection<Thing>;

beforeAll(async () => {
  open = await openDatabase();
});

afterAll(() => open.close());

beforeEach(async () => {
  dishes = open.database.collection(`dishes-${new ObjectId().toHexString()}`);
  await dishes.insertMany(
    Array.from({ length: 1000 }, (_none, index) => ({
      _id: index,
      week: index % 50,
      price: (index * 7919) % 1000,
      name: `dish ${String(index).padStart(4, "0")}`,
      tags: [`t${index % 10}`, `u${index % 7}`],
      parts: [
        { a: index % 5, b: 1 },
        { a: 9, b: index % 3 },
      ],
    })),
  );
});

/** The names of a plan's stages from the last one to the source. */
function stagesOf(plan: Document): readonly string[] {
  return [plan["stage"], ...(plan["inputStage"] ? stagesOf(plan["inputStage"]) : [])];
}

/** `[stages, keys looked at, documents looked at, documents found]` of a find. */
async function explained(filter: Document, options: Document = {}): Promise<readonly unknown[]> {
  const told = await dishes.find(filter, options).explain("executionStats");
  const { totalKeysExamined, totalDocsExamined, nReturned } = told["executionStats"];
  return [stagesOf(told["queryPlanner"].winningPlan), totalKeysExamined, totalDocsExamined, nReturned];
}

/** The names of the stages by which a command that is not a find reaches its documents. */
async function explain(command: Document): Promise<readonly string[]> {
  const told = await open.database.command({ explain: command, verbosity: "queryPlanner" });
  return stagesOf((told["queryPlanner"] ?? told["stages"][0].$cursor.queryPlanner).winningPlan);
}

const THROUGH_INDEX = ["FETCH", "IXSCAN"];

describe("an index answers", () => {
  it("a range, of _id too", async () => {
    await dishes.createIndex({ price: 1 });
    expect(await explained({ price: { $gte: 10, $lt: 20 } })).toEqual([THROUGH_INDEX, 10, 10, 10]);
    expect(await explained({ price: { $gt: 989 } })).toEqual([THROUGH_INDEX, 10, 10, 10]);
    expect(await explained({ _id: { $gt: 10, $lte: 20 } })).toEqual([THROUGH_INDEX, 10, 10, 10]);
    expect(await explained({ _id: 10 })).toEqual([["IDHACK"], 1, 1, 1]);
    expect(await explained({ week: 3 })).toEqual([["COLLSCAN"], 0, 1000, 20]);
  });

  it("a sort in both directions, and stops when it has enough", async () => {
    await dishes.createIndex({ week: 1, price: -1 });
    const best = await dishes.find({}, { sort: { week: 1, price: -1 }, limit: 3 }).toArray();
    expect(best.map((dish) => [dish["week"], dish["price"]])).toEqual([
      [0, 950],
      [0, 900],
      [0, 850],
    ]);
    expect(await explained({}, { sort: { week: 1, price: -1 }, limit: 3 })).toEqual([
      ["LIMIT", ...THROUGH_INDEX],
      3,
      3,
      3,
    ]);
    expect(await explained({}, { sort: { week: -1, price: 1 }, limit: 3 })).toMatchObject([{}, 3, 3, 3]);
    expect(await explained({ week: 7 }, { sort: { price: 1 }, limit: 2 })).toMatchObject([{}, 2, 2, 2]);
    const unsorted = await explained({}, { sort: { price: 1 }, limit: 3 });
    expect(unsorted[0]).toEqual(["SORT", "COLLSCAN"]);
    expect(await explained({}, { sort: { _id: -1 }, limit: 1 })).toMatchObject([{}, 1, 1, 1]);
  });

  it("the beginning of a compound key, and a range after it", async () => {
    await dishes.createIndex({ week: 1, price: 1 });
    expect(await explained({ week: 7 })).toEqual([THROUGH_INDEX, 20, 20, 20]);
    expect(await explained({ week: { $in: [7, 8] }, price: { $lt: 500 } })).toEqual([
      THROUGH_INDEX,
      20,
      20,
      20,
    ]);
    expect(await explained({ price: 7 })).toMatchObject([["COLLSCAN"], 0, 1000, 1]);
  });

  it("alternatives, patterns that begin with a text, and elements of arrays", async () => {
    await dishes.createIndexes([{ key: { price: 1 } }, { key: { name: 1 } }, { key: { tags: 1 } }]);
    const alternatives = await dishes.find({ $or: [{ price: 3 }, { name: "dish 0001" }] }).explain();
    expect(stagesOf(alternatives["queryPlanner"].winningPlan)).toEqual(["FETCH", "OR"]);
    expect(await explained({ name: /^dish 000/ })).toEqual([THROUGH_INDEX, 10, 10, 10]);
    expect(await explained({ tags: "t3" })).toEqual([THROUGH_INDEX, 100, 100, 100]);
  });

  it("no more than it may where documents have arrays: each condition may mean another element", async () => {
    await dishes.createIndexes([{ key: { "parts.a": 1, "parts.b": 1 } }, { key: { tags: 1, week: 1 } }]);
    const plain = (filter: Document) => dishes.countDocuments(filter, { hint: { $natural: 1 } });
    for (const filter of [
      { "parts.a": { $gt: 4, $lt: 1 } },
      { "parts.a": 1, "parts.b": 2 },
      { parts: { $elemMatch: { a: 9, b: 2 } } },
      { tags: { $gte: "u", $lt: "t5" }, week: 3 },
    ]) {
      expect(await dishes.countDocuments(filter)).toBe(await plain(filter));
    }
  });

  it("nothing that it may lack: sparse and partial indexes", async () => {
    await dishes.insertMany([{ _id: 2000 }, { _id: 2001, week: null }]);
    await dishes.createIndex({ week: 1 }, { sparse: true });
    await dishes.createIndex({ price: 1 }, { partialFilterExpression: { week: { $lt: 10 } } });
    expect(await dishes.countDocuments({ week: null })).toBe(2);
    expect((await explained({ week: null }))[0]).toEqual(["COLLSCAN"]);
    expect((await explained({ week: 5 }))[0]).toEqual(THROUGH_INDEX);
    expect((await explained({ price: { $lt: 5 } }))[0]).toEqual(["COLLSCAN"]);
    expect((await explained({ price: { $lt: 5 }, week: { $lt: 5 } }))[0]).toEqual(THROUGH_INDEX);
  });
});

describe("a hint", () => {
  it("chooses the index, or none", async () => {
    await dishes.createIndexes([{ key: { week: 1 } }, { key: { price: 1 } }]);
    const used = async (hint: Document | string) => {
      const told = await dishes.find({ week: 3, price: { $gte: 0 } }, { hint }).explain();
      const { stage, inputStage } = told["queryPlanner"].winningPlan;
      return inputStage?.indexName ?? stage;
    };
    expect(await used({ price: 1 })).toBe("price_1");
    expect(await used("week_1")).toBe("week_1");
    expect(await used({ $natural: 1 })).toBe("COLLSCAN");
    await expect(dishes.find({}, { hint: "nope" }).toArray()).rejects.toMatchObject({ code: 2 });
    const newest = await dishes.find({}, { hint: { $natural: -1 }, limit: 1 }).toArray();
    expect(newest).toMatchObject([{ _id: 999 }]);
  });
});

describe("explain", () => {
  it("tells of writes, counts and pipelines, and does none of them", async () => {
    await dishes.createIndex({ week: 1 });
    const name = dishes.collectionName;
    const remove = { delete: name, deletes: [{ q: { week: 1 }, limit: 0 }] };
    expect(await explain(remove)).toEqual(["DELETE", ...THROUGH_INDEX]);
    const update = { update: name, updates: [{ q: { week: 1 }, u: { $set: { x: 1 } }, multi: true }] };
    expect(await explain(update)).toEqual(["UPDATE", ...THROUGH_INDEX]);
    expect(await explain({ count: name, query: { week: 1 } })).toEqual(["COUNT", ...THROUGH_INDEX]);
    const pipeline = [{ $match: { week: 1 } }, { $group: { _id: "$price" } }];
    expect(await explain({ aggregate: name, pipeline, cursor: {} })).toEqual(THROUGH_INDEX);
    expect(await dishes.countDocuments({ week: 1 })).toBe(20);
  });
});

describe("a read that takes its time", () => {
  it("gives way to others, and ends with its time", async () => {
    const slow = dishes.aggregate([
      { $lookup: { from: dishes.collectionName, localField: "week", foreignField: "week", as: "all" } },
      { $unwind: "$all" },
      { $lookup: { from: dishes.collectionName, localField: "week", foreignField: "week", as: "more" } },
      { $group: { _id: null, n: { $sum: { $size: "$more" } } } },
    ]);
    let isDone = false;
    const total = slow.toArray().finally(() => (isDone = true));
    await dishes.insertOne({ _id: 5000 });
    expect(isDone).toBe(false);
    expect(await total).toMatchObject([{ n: expect.any(Number) }]);
    const endless = dishes.aggregate(
      [{ $match: { $expr: { $lt: [{ $size: "$tags" }, 0] } } }, { $sort: { a: 1 } }],
      {
        maxTimeMS: 1,
      },
    );
    await expect(endless.toArray()).rejects.toMatchObject({ code: 50, codeName: "MaxTimeMSExpired" });
  });
});
