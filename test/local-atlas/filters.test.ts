import { Decimal128, Double, Int32, Long, ObjectId } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase, type OpenDatabase, type Thing } from "./openDatabase.ts";

let open: OpenDatabase;
const known = new ObjectId("650000000000000000000001");

const documents: readonly Thing[] = [
  { _id: "int", n: new Int32(5) },
  { _id: "long", n: Long.fromNumber(5) },
  { _id: "double", n: new Double(5) },
  { _id: "decimal", n: Decimal128.fromString("5") },
  { _id: "huge", n: Long.fromString("9007199254740993") },
  { _id: "text", n: "5" },
  { _id: "null", n: null },
  { _id: "missing" },
  { _id: "array", n: [1, 5, 9] },
  { _id: "empty", n: [] },
  { _id: "object", n: { a: 1, b: 2 } },
  { _id: "swapped", n: { b: 2, a: 1 } },
  {
    _id: "plan",
    entries: [
      { day: "monday", servings: 2 },
      { day: "friday", servings: 4 },
    ],
    owner: known,
  },
  { _id: "date", at: new Date(1000) },
  { _id: "lists", at: 0, lists: [[1], [2, 3]] },
  { _id: "id path", n: { value: 5, id: 1 } },
];

/** What each filter finds: the answers of the real server. */
const cases: readonly (readonly [string, Record<string, unknown>, readonly string[]])[] = [
  ["a number of any type", { n: 5 }, ["int", "long", "double", "decimal", "array"]],
  ["a long that a double cannot hold", { n: Long.fromString("9007199254740992") }, []],
  ["a range by value", { n: { $gt: 5 } }, ["huge", "array"]],
  ["a range of text only in texts", { n: { $gte: "4" } }, ["text"]],
  ["null and missing", { n: null, owner: null, at: null }, ["null", "missing"]],
  ["what exists", { n: { $exists: true }, _id: { $in: ["null", "missing"] } }, ["null"]],
  ["what is not equal", { n: { $ne: 5 }, _id: { $in: ["int", "text", "missing"] } }, ["missing", "text"]],
  ["one of some", { n: { $in: ["5", 9] } }, ["text", "array"]],
  ["none of some", { n: { $nin: [5, null] }, _id: { $in: ["int", "text", "missing"] } }, ["text"]],
  ["a document with its field order", { n: { a: 1, b: 2 } }, ["object"]],
  ["a whole array", { n: [1, 5, 9] }, ["array"]],
  ["a size", { n: { $size: 3 } }, ["array"]],
  ["all of some", { n: { $all: [1, 9] } }, ["array"]],
  ["an element", { n: { $elemMatch: { $gt: 1, $lt: 6 } } }, ["array"]],
  ["an element's fields", { entries: { $elemMatch: { day: "friday", servings: { $gte: 4 } } } }, ["plan"]],
  ["no element of an element", { lists: { $elemMatch: { $gt: 0 } } }, []],
  ["an element that is not", { lists: { $elemMatch: { $not: { $gt: 0 } } } }, ["lists"]],
  ["an element that is a list", { lists: { $elemMatch: { $eq: [1] } } }, ["lists"]],
  ["an element of a size", { lists: { $elemMatch: { $size: 2 } } }, ["lists"]],
  [
    "an element of an element that is asked for",
    { lists: { $elemMatch: { $elemMatch: { $gt: 2 } } } },
    ["lists"],
  ],
  ["no such element", { entries: { $elemMatch: { day: "monday", servings: 4 } } }, []],
  ["a path through an array", { "entries.servings": 4 }, ["plan"]],
  ["a position in an array", { "entries.1.day": "friday" }, ["plan"]],
  ["an object id", { owner: known }, ["plan"]],
  ["a date range", { at: { $lte: new Date(1000), $gt: new Date(999) } }, ["date"]],
  ["a type", { n: { $type: "long" } }, ["long", "huge"]],
  [
    "types by number and group",
    { n: { $type: ["number", 2] } },
    ["int", "long", "double", "decimal", "huge", "text", "array"],
  ],
  ["a pattern", { _id: /^IN/i }, ["int"]],
  ["a pattern as text", { _id: { $regex: "^obj", $options: "" } }, ["object"]],
  ["a remainder", { n: { $mod: [4, 1] } }, ["int", "long", "double", "decimal", "huge", "array"]],
  [
    "or, and, nor",
    { $or: [{ n: "5" }, { $and: [{ n: 5 }, { _id: "int" }] }], $nor: [{ _id: "date" }] },
    ["int", "text"],
  ],
  ["not", { n: { $not: { $gte: 0 } }, _id: { $in: ["int", "text"] } }, ["text"]],
  [
    "a calculation",
    { $expr: { $eq: [{ $add: ["$n", 1] }, 6] }, _id: { $in: ["int", "double"] } },
    ["double", "int"],
  ],
  ["a field that is called as a property of a BSON class", { "n.value": 5 }, ["id path"]],
];

beforeAll(async () => {
  open = await openDatabase();
  await open.database.collection<Thing>("things").insertMany(documents.map((item) => ({ ...item })));
});

afterAll(() => open.close());

describe("a filter finds", () => {
  it.each(cases)("%s", async (_name, filter, expected) => {
    const found = await open.database.collection("things").find(filter).toArray();
    expect(found.map(({ _id: id }) => String(id))).toEqual(expected);
    expect(await open.database.collection("things").countDocuments(filter)).toBe(expected.length);
  });
});

describe("a filter is refused, not ignored:", () => {
  it.each([
    ["an unknown operator", { n: { $wat: 1 } }, 2],
    ["an unknown top-level operator", { $wat: [] }, 2],
    ["an empty or", { $or: [] }, 2],
    ["a bad pattern", { n: { $regex: 5 } }, 2],
    ["JavaScript", { $where: "true" }, 238],
  ])("%s", async (_name, filter, code) => {
    await expect(open.database.collection("things").find(filter).toArray()).rejects.toMatchObject({ code });
  });
});
