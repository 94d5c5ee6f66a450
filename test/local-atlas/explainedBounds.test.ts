import { type Collection, type Document, Int32, Long, ObjectId } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase, type OpenDatabase, type Thing } from "./openDatabase.ts";

let open: OpenDatabase;
let things: Collection<Thing>;

beforeAll(async () => {
  open = await openDatabase();
  things = open.database.collection("things");
  await things.insertMany([1, 2, 3].map((n) => ({ _id: n, a: n, b: `b${n}` })));
  await things.createIndex({ a: 1, b: -1 });
});

afterAll(() => open.close());

async function boundsOf(filter: Document, options: Document = {}): Promise<unknown> {
  const told = await things.find(filter, { hint: { a: 1, b: -1 }, ...options }).explain("queryPlanner");
  return told["queryPlanner"].winningPlan.inputStage.indexBounds;
}

const ALL_B = ["[MaxKey, MinKey]"];
const id = new ObjectId("6561f0a0c3a1b2c3d4e5f607");

describe("explain says between which keys of an index it looks:", () => {
  it.each<readonly [string, Document, Document]>([
    ["one value", { a: 5 }, { a: ["[5, 5]"], b: ALL_B }],
    ["above a number", { a: { $gt: 5 } }, { a: ["(5, inf.0]"], b: ALL_B }],
    ["below a number", { a: { $lte: 2.5 } }, { a: ["[-inf.0, 2.5]"], b: ALL_B }],
    ["between two", { a: { $gte: 1, $lt: Long.fromNumber(3) } }, { a: ["[1, 3)"], b: ALL_B }],
    ["some values", { a: { $in: [3, 1] } }, { a: ["[1, 1]", "[3, 3]"], b: ALL_B }],
    ["above a text", { a: { $gt: "x" } }, { a: ['("x", {})'], b: ALL_B }],
    ["below a text", { a: { $lt: "x" } }, { a: ['["", "x")'], b: ALL_B }],
    ["what begins with a text", { a: /^ab/ }, { a: ['["ab", "ac")', "[/^ab/, /^ab/]"], b: ALL_B }],
    ["nothing", { a: null }, { a: ["[undefined, undefined]", "[null, null]"], b: ALL_B }],
    [
      "dates",
      { a: { $gte: new Date(7) } },
      { a: ["[new Date(7), new Date(9223372036854775807)]"], b: ALL_B },
    ],
    [
      "ids",
      { a: id },
      { a: [`[ObjectId('${id.toHexString()}'), ObjectId('${id.toHexString()}')]`], b: ALL_B },
    ],
    ["documents", { a: { $eq: { x: "y" } } }, { a: ['[{ x: "y" }, { x: "y" }]'], b: ALL_B }],
    ["two fields", { a: 1, b: { $gt: "b" } }, { a: ["[1, 1]"], b: ['({}, "b")'] }],
    ["everything", {}, { a: ["[MinKey, MaxKey]"], b: ALL_B }],
  ])("%s", async (_name, filter, expected) => {
    expect(await boundsOf(filter)).toEqual(expected);
  });

  it("in the direction in which it looks", async () => {
    expect(await boundsOf({ a: { $in: [new Int32(1), 3] } }, { sort: { a: -1, b: 1 } })).toEqual({
      a: ["[3, 3]", "[1, 1]"],
      b: ["[MinKey, MaxKey]"],
    });
  });

  it("for each alternative", async () => {
    const told = await things.find({ $or: [{ a: 1 }, { _id: { $gt: 2 } }] }).explain("queryPlanner");
    const [first, second] = told["queryPlanner"].winningPlan.inputStage.inputStages;
    expect([first.indexBounds.a, second.indexBounds._id]).toEqual([["[1, 1]"], ["(2, inf.0]"]]);
  });
});
