import { BSONRegExp, type Collection, type Document } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabase, type OpenDatabase, type Thing } from "./openDatabase.ts";

let open: OpenDatabase;
let things: Collection<Thing>;

beforeAll(async () => {
  open = await openDatabase();
  things = open.database.collection("things");
});

afterAll(() => open.close());

beforeEach(() => things.drop());

describe("an upsert inserts what its filter leaves no choice about:", () => {
  it.each<readonly [string, Document, Document]>([
    ["equal fields", { x: 1, "a.b": 2, y: { $gt: 3 } }, { a: { b: 2 }, x: 1 }],
    ["$eq", { x: { $eq: 1, $gt: 0 } }, { x: 1 }],
    ["one of one", { x: { $in: [1] } }, { x: 1 }],
    ["one of several", { x: { $in: [1, 2] } }, {}],
    ["all of one", { x: { $all: [1] } }, { x: 1 }],
    ["conditions that all hold", { $and: [{ x: 1 }, { y: { $in: [2] } }] }, { x: 1, y: 2 }],
    ["the only alternative", { $or: [{ x: 1 }] }, { x: 1 }],
    ["alternatives", { $or: [{ x: 1 }, { y: 2 }] }, {}],
    ["a pattern", { x: new BSONRegExp("^a"), y: { $in: [new BSONRegExp("b")] } }, {}],
  ])("%s", async (_name, filter, expected) => {
    await things.updateOne(filter, { $set: { z: 1 } }, { upsert: true });
    expect(await things.findOne({}, { projection: { _id: 0 } })).toEqual({ ...expected, z: 1 });
  });

  it.each<readonly [string, Document, Document, number]>([
    ["one field twice", { $and: [{ x: 1 }, { x: 1 }] }, { $set: { z: 1 } }, 54],
    ["a field and a part of it", { x: 1, "x.y": 2 }, { $set: { z: 1 } }, 54],
    ["all of two", { x: { $all: [1, 2] } }, { $set: { z: 1 } }, 54],
    ["an id that the update changes", { _id: 1 }, { $set: { _id: 2 } }, 66],
  ])("but not %s", async (_name, filter, update, code) => {
    await expect(things.updateOne(filter, update, { upsert: true })).rejects.toMatchObject({ code });
    expect(await things.countDocuments()).toBe(0);
  });

  it("of a replacement the id only", async () => {
    await things.replaceOne({ _id: 7, x: 1, "x.y": 2 }, { z: 1 }, { upsert: true });
    expect(await things.find().toArray()).toEqual([{ _id: 7, z: 1 }]);
  });
});
