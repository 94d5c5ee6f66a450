import type { Collection, Document } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabase, type OpenDatabase, type Thing } from "./openDatabase.ts";

let open: OpenDatabase;
let things: Collection<Thing>;

beforeAll(async () => {
  open = await openDatabase();
  things = open.database.collection("things");
});

afterAll(() => open.close());

beforeEach(async () => {
  await things.drop();
  await things.insertOne({
    _id: 1,
    list: [1, 2, 3],
    other: [7, 8, 9],
    rows: [{ n: 1, tags: ["a"] }, { n: 2, tags: ["b", "c"] }, { n: 3 }],
    in: { list: [5, 6] },
  });
});

describe("`$` means the element by which the filter found the document:", () => {
  it.each<readonly [string, Document, string, Document]>([
    ["one condition", { list: 2 }, "list.$", { list: [2] }],
    ["a condition on another array", { other: 9 }, "list.$", { list: [3] }],
    [
      "the last of several, in the order of the server",
      { list: { $gt: 1 }, other: 7 },
      "list.$",
      { list: [2] },
    ],
    ["the later path among equals", { list: 3, other: 7 }, "list.$", { list: [1] }],
    ["an element of documents", { "rows.n": 2 }, "rows.$", { rows: [{ n: 2, tags: ["b", "c"] }] }],
    [
      "$elemMatch",
      { rows: { $elemMatch: { n: { $gt: 1 } } } },
      "rows.$",
      { rows: [{ n: 2, tags: ["b", "c"] }] },
    ],
    ["the outer array of two", { "rows.tags": "c" }, "rows.$", { rows: [{ n: 2, tags: ["b", "c"] }] }],
    ["the first array on the path", { "rows.n": 1 }, "rows.tags.$", { rows: [{ tags: ["a"] }] }],
    ["an array in a document", { "in.list": 6 }, "in.list.$", { in: { list: [6] } }],
    ["all of some", { list: { $all: [1, 3] } }, "list.$", { list: [3] }],
    ["the only alternative", { $or: [{ list: 3 }] }, "list.$", { list: [3] }],
    ["a field that is no array", { list: 3 }, "in.$", { in: { list: [5, 6] } }],
  ])("%s", async (_name, filter, path, expected) => {
    expect(await things.findOne(filter, { projection: { [path]: 1, _id: 0 } })).toEqual(expected);
  });

  it("also for an update", async () => {
    await things.updateOne({ other: 8, list: { $gte: 1 } }, { $set: { "list.$": "first" } });
    await things.updateOne({ "rows.tags": "c" }, { $inc: { "rows.$.n": 10 } });
    const found = await things.findOne();
    expect([found?.["list"], found?.["rows"][1].n]).toEqual([["first", 2, 3], 12]);
  });

  it.each<readonly [string, Document, string, unknown, number]>([
    ["by no element", { _id: 1 }, "list.$", 1, 51246],
    ["by a whole array", { list: [1, 2, 3] }, "list.$", 1, 51246],
    ["by its size", { list: { $size: 3 } }, "list.$", 1, 51246],
    ["by alternatives", { $or: [{ list: 1 }, { list: 2 }] }, "list.$", 1, 51246],
    ["by a negation", { list: { $ne: 9 } }, "list.$", 1, 51246],
    ["by an element that the array has not", { list: 3 }, "in.list.$", 1, 51247],
    ["and is not shown", { list: 1 }, "list.$", 0, 31395],
    ["and is in the middle", { list: 1 }, "list.$.a", 1, 31394],
  ])("and is refused where it was found %s", async (_name, filter, path, value, code) => {
    const found = things.findOne(filter, { projection: { [path]: value } as Document });
    await expect(found).rejects.toMatchObject({ code });
  });
});
