import { BSONRegExp, Decimal128, type Document, Double, Int32, Long } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AS_STORED, codeOf, typed } from "./expressions/calculate.ts";
import { openDatabase, type OpenDatabase, type Thing } from "./openDatabase.ts";

let open: OpenDatabase;
const int = (value: number) => new Int32(value);
const long = (value: string) => Long.fromString(value);
const decimal = (text: string) => Decimal128.fromString(text);

type Case = readonly [
  title: string,
  before: Document,
  update: Document | Document[],
  after: Document | Map<string, unknown>,
];

const CASES: readonly Case[] = [
  ["adds decimals exactly", { a: decimal("0.1") }, { $inc: { a: decimal("0.2") } }, { a: decimal("0.3") }],
  ["adds a decimal to an int", { a: int(1) }, { $inc: { a: decimal("0.10") } }, { a: decimal("1.10") }],
  [
    "multiplies decimals exactly",
    { a: decimal("1.10") },
    { $mul: { a: decimal("1.1") } },
    { a: decimal("1.210") },
  ],
  [
    "adds to a long with all its digits",
    { a: long("9007199254740993") },
    { $inc: { a: int(2) } },
    { a: long("9007199254740995") },
  ],
  [
    "makes a long of an int that overflows",
    { a: int(2147483647) },
    { $inc: { a: int(1) } },
    { a: long("2147483648") },
  ],
  ["keeps a whole double a double", { a: new Double(2) }, { $inc: { a: int(1) } }, { a: new Double(3) }],
  [
    "keeps the least by value, with its type",
    { a: long("9007199254740993") },
    { $min: { a: new Double(9007199254740992) } },
    { a: new Double(9007199254740992) },
  ],
  [
    "sets bits of longs",
    { a: long("9007199254740993") },
    { $bit: { a: { and: long("9007199254740992") } } },
    { a: long("9007199254740992") },
  ],
  [
    "passes values on in a pipeline as they are",
    { a: long("9007199254740993"), b: new Double(2), c: decimal("1.10") },
    [{ $set: { d: "$a", e: ["$b", "$c"] } }],
    {
      a: long("9007199254740993"),
      b: new Double(2),
      c: decimal("1.10"),
      d: long("9007199254740993"),
      e: [new Double(2), decimal("1.10")],
    },
  ],
  [
    "renames before it sets",
    { a: int(1) },
    { $rename: { a: "b" }, $set: { c: int(9) } },
    { b: int(1), c: int(9) },
  ],
  [
    "keeps the order of names like numbers",
    {
      x: new Map([
        ["b", int(1)],
        ["2", int(2)],
        ["1", int(3)],
      ]),
    },
    { $set: { "x.0": int(4) } },
    {
      x: new Map([
        ["b", int(1)],
        ["2", int(2)],
        ["1", int(3)],
        ["0", int(4)],
      ]),
    },
  ],
];

const REFUSALS: readonly (readonly [string, Document | Document[], Document, number])[] = [
  ["a renamed field that is set as well", { $rename: { a: "b" }, $set: { b: 9 } }, {}, 40],
  ["a rename into itself", { $rename: { a: "a.b" } }, {}, 2],
  ["an array filter that is not used", { $set: { a: 1 } }, { arrayFilters: [{ x: 1 }] }, 9],
  ["an unknown operator, though nothing matches", { $nope: { a: 1 } }, {}, 9],
  ["a stage that an update cannot have", [{ $match: {} }], {}, 72],
  ["an empty path", { $set: { "": 1 } }, {}, 56],
  ["an expression that fails", [{ $set: { b: { $concat: ["$a"] } } }], {}, 16702],
  ["a long that overflows", { $inc: { most: 1 } }, {}, 2],
];

beforeAll(async () => {
  open = await openDatabase();
});

afterAll(() => open.close());

describe("an update keeps every digit and type:", () => {
  it.each(CASES)("%s", async (_title, before, update, after) => {
    const things = open.database.collection<Thing>("exact");
    const { insertedId } = await things.insertOne({ ...before });
    await things.updateOne({ _id: insertedId }, update);
    expect(typed(await things.findOne({ _id: insertedId }, { ...AS_STORED, projection: { _id: 0 } }))).toBe(
      typed(after),
    );
  });
});

describe("an update is refused with the server's code:", () => {
  it.each(REFUSALS)("%s", async (_title, update, options, code) => {
    const things = open.database.collection<Thing>("refused");
    await things.insertOne({ a: int(1), most: long("9223372036854775807") });
    await expect(
      things.updateOne(code === 9 ? { none: 1 } : {}, update, options).catch(codeOf),
    ).resolves.toBe(code);
  });

  it("an _id with a field like an operator", async () => {
    const insert = open.database.collection("ids").insertOne({ _id: { $a: 1 } } as Document);
    await expect(insert).rejects.toMatchObject({ code: 52 });
  });
});

describe("a filter", () => {
  it("tells numbers of different types apart where they differ", async () => {
    const things = open.database.collection<Thing>("numbers");
    await things.insertMany([
      { _id: 1, n: new Double(0.1) },
      { _id: 2, n: decimal("0.1") },
      { _id: 3, n: long("9007199254740993") },
    ]);
    const ids = async (filter: Document) =>
      (await things.find(filter).sort({ _id: 1 }).toArray()).map(({ _id: id }) => id);
    expect(await ids({ n: new Double(0.1) })).toEqual([1]);
    expect(await ids({ n: decimal("0.1") })).toEqual([2]);
    expect(await ids({ n: decimal("9007199254740993") })).toEqual([3]);
    await things.createIndex({ n: 1 });
    expect(await ids({ n: new Double(0.1) })).toEqual([1]);
    expect(await ids({ n: decimal("0.1") })).toEqual([2]);
    expect(await ids({ n: { $gt: decimal("0.1") } })).toEqual([1, 3]);
  });

  it("reads the patterns of PCRE, and refuses what it cannot", async () => {
    const things = open.database.collection<Thing>("patterns");
    await things.insertMany([
      { _id: 1, t: "Straße\n" },
      { _id: 2, t: "straßen" },
    ]);
    const ids = async (pattern: string, options = "") =>
      (
        await things
          .find({ t: new BSONRegExp(pattern, options) })
          .sort({ _id: 1 })
          .toArray()
      ).map(({ _id: id }) => id);
    expect(await ids("\\Astraße\\Z", "i")).toEqual([1]);
    expect(await ids("straße \\z # the end", "ix")).toEqual([]);
    expect(await ids("^\\p{Lu}")).toEqual([1]);
    expect(await ids("(?i)STRA.E")).toEqual([1, 2]);
    await expect(ids("(")).rejects.toMatchObject({ code: 51091 });
    await expect(ids("a++")).rejects.toMatchObject({ code: 238 });
  });
});
