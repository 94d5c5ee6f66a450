import type { Collection, Document } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase, type OpenDatabase, type Thing } from "./openDatabase.ts";

let open: OpenDatabase;
let things: Collection<Thing>;

beforeAll(async () => {
  open = await openDatabase();
  things = open.database.collection("things");
  await things.insertMany([1, 2, 3, 4, 5].map((n) => ({ _id: n, n, even: n % 2 === 0, list: [n, n * 10] })));
  await things.createIndexes([{ key: { n: 1 } }, { key: { even: 1, n: -1 } }, { key: { list: 1 } }]);
  await open.database.createCollection("view", { viewOn: "things" });
});

afterAll(() => open.close());

async function find(options: Document): Promise<readonly Document[]> {
  const { cursor } = await open.database.command({ find: "things", ...options });
  return cursor.firstBatch;
}

const ids = async (options: Document) => (await find(options)).map(({ _id: id }) => id);

describe("min and max", () => {
  it("bound the keys of the hinted index, the upper one left out", async () => {
    expect(await ids({ min: { n: 2 }, max: { n: 4 }, hint: { n: 1 } })).toEqual([2, 3]);
    expect(await ids({ min: { n: 4 }, hint: "n_1" })).toEqual([4, 5]);
    expect(await ids({ max: { _id: 3 }, hint: { _id: 1 }, sort: { _id: -1 } })).toEqual([2, 1]);
    const compound = { min: { even: false, n: 3 }, max: { even: true, n: 2 }, hint: { even: 1, n: -1 } };
    expect(await ids(compound)).toEqual([3, 1, 4]);
    expect(await ids({ ...compound, filter: { n: { $gt: 1 } }, sort: { n: 1 } })).toEqual([3, 4]);
    expect(await ids({ min: { n: "a" }, hint: { n: 1 } })).toEqual([]);
  });

  it.each<readonly [string, Document, number]>([
    ["without a hint", { min: { n: 2 } }, 51173],
    ["with another index", { min: { n: 2 }, hint: { even: 1, n: -1 } }, 51174],
    ["with a part of the key", { min: { even: true }, hint: { even: 1, n: -1 } }, 51174],
    ["the wrong way around", { min: { n: 4 }, max: { n: 2 }, hint: { n: 1 } }, 51175],
    ["on a view", { find: "view", min: { n: 4 }, hint: { n: 1 } }, 168],
  ])("are refused %s", async (_name, options, code) => {
    await expect(find(options)).rejects.toMatchObject({ code });
  });
});

describe("instead of documents", () => {
  it("a find gives the keys by which an index led to them", async () => {
    const keys = await find({ filter: { n: { $gt: 3 } }, hint: { even: 1, n: -1 }, returnKey: true });
    expect(keys).toEqual([
      { even: false, n: 5 },
      { even: true, n: 4 },
    ]);
    expect(await find({ filter: { _id: 2 }, returnKey: true })).toEqual([{ _id: 2 }]);
    expect(await find({ filter: { list: { $gte: 40 } }, returnKey: true })).toEqual([
      { list: 40 },
      { list: 50 },
    ]);
    expect(await find({ filter: { other: null }, limit: 1, returnKey: true })).toEqual([{}]);
  });

  it("a find gives them with the numbers of their records, in the order of insertion", async () => {
    const records = (await find({ showRecordId: true, projection: { n: 1 } })).map((found) => ({ ...found }));
    for (const found of records) expect(Object.keys(found)).toEqual(["_id", "n", "$recordId"]);
    const numbers = records.map((found) => Number(found["$recordId"]));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(new Set(numbers).size).toBe(5);
    await expect(find({ find: "view", showRecordId: true })).rejects.toMatchObject({ code: 168 });
  });
});

it("a sort that is none is refused, also where an index could do it", async () => {
  await expect(find({ sort: { _id: 2 } })).rejects.toMatchObject({ code: expect.any(Number) });
});
