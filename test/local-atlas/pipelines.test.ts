import { Decimal128, type Document, Double, Int32, Long } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AS_STORED, codeOf, Refusal, typed } from "./expressions/calculate.ts";
import { openDatabase, type OpenDatabase, type Thing } from "./openDatabase.ts";

let open: OpenDatabase;
const int = (value: number) => new Int32(value);
const long = (value: string) => Long.fromString(value);
const double = (value: number) => new Double(value);
const decimal = (text: string) => Decimal128.fromString(text);
const day = (number: number) => new Date(Date.UTC(2026, 0, number));

const SALES: readonly Thing[] = [
  {
    _id: 1,
    item: "a",
    n: int(1),
    price: decimal("1.10"),
    big: long("9007199254740993"),
    at: day(1),
    tags: ["x", "y"],
  },
  { _id: 2, item: "b", n: int(2), price: decimal("2.20"), big: long("1"), at: day(3), tags: [] },
  { _id: 3, item: "a", n: int(4), price: decimal("3.30"), at: day(4) },
  { _id: 4, n: null, price: decimal("4.40"), at: day(6), tags: "z" },
];

const ITEMS: readonly Thing[] = [
  { _id: 10, code: "a", size: int(1), parent: null },
  { _id: 11, code: "a", size: int(5), parent: "a" },
  { _id: 12, code: "b", size: int(9), parent: "a" },
  { _id: 13, parent: "b" },
];

type Case = readonly [title: string, stages: Document[], expected: unknown];

const GROUPS: readonly Case[] = [
  [
    "sums keep their types",
    [{ $group: { _id: null, n: { $sum: "$n" }, price: { $sum: "$price" }, big: { $sum: "$big" } } }],
    [{ _id: null, n: int(7), price: decimal("11.00"), big: long("9007199254740994") }],
  ],
  [
    "means",
    [{ $group: { _id: null, n: { $avg: "$n" }, price: { $avg: "$price" } } }],
    [{ _id: null, n: double(7 / 3), price: decimal("2.75") }],
  ],
  [
    "what is missing and what is null are one group",
    [{ $group: { _id: "$item", n: { $push: "$n" } } }, { $sort: { _id: 1 } }],
    [
      { _id: null, n: [null] },
      { _id: "a", n: [int(1), int(4)] },
      { _id: "b", n: [int(2)] },
    ],
  ],
  [
    "a list leaves out what is missing",
    [{ $group: { _id: null, tags: { $push: "$big" } } }],
    [{ _id: null, tags: [long("9007199254740993"), long("1")] }],
  ],
  [
    "first and last are null for what is missing",
    [
      { $sort: { _id: 1 } },
      { $group: { _id: null, first: { $first: "$item" }, last: { $last: "$item" }, big: { $max: "$big" } } },
    ],
    [{ _id: null, first: "a", last: null, big: long("9007199254740993") }],
  ],
  [
    "the documents that come first in an order",
    [
      {
        $group: {
          _id: null,
          top: { $top: { sortBy: { n: int(-1) }, output: "$_id" } },
          bottom: { $bottomN: { n: int(2), sortBy: { n: int(-1) }, output: ["$_id", "$n"] } },
        },
      },
    ],
    [
      {
        _id: null,
        top: int(3),
        bottom: [
          [int(1), int(1)],
          [int(4), null],
        ],
      },
    ],
  ],
  [
    "some of the first, the least and the greatest",
    [
      {
        $group: {
          _id: null,
          a: { $firstN: { n: int(2), input: "$n" } },
          b: { $minN: { n: int(2), input: "$n" } },
          c: { $maxN: { n: int(1), input: "$big" } },
        },
      },
    ],
    [{ _id: null, a: [int(1), int(2)], b: [int(1), int(2)], c: [long("9007199254740993")] }],
  ],
  [
    "a median is a double, percentiles are an array",
    [
      {
        $group: {
          _id: null,
          m: { $median: { input: "$n", method: "approximate" } },
          p: { $percentile: { input: "$n", p: [double(0.95)], method: "approximate" } },
        },
      },
    ],
    [{ _id: null, m: double(2), p: [double(4)] }],
  ],
  [
    "a deviation of one value is null for a sample",
    [
      { $match: { _id: 1 } },
      { $group: { _id: null, s: { $stdDevSamp: "$n" }, p: { $stdDevPop: "$n" }, c: { $count: {} } } },
    ],
    [{ _id: null, s: null, p: double(0), c: int(1) }],
  ],
  ["merging a number", [{ $group: { _id: null, m: { $mergeObjects: "$price" } } }], new Refusal(40400)],
  ["an accumulator that there is not", [{ $group: { _id: null, m: { $nope: "$n" } } }], new Refusal(15952)],
  ["no _id", [{ $group: { m: { $sum: "$n" } } }], new Refusal(15955)],
  ["no accumulator", [{ $group: { _id: null, m: "$n" } }], new Refusal(40234)],
  ["two accumulators in one", [{ $group: { _id: null, m: { $sum: 1, $avg: 1 } } }], new Refusal(40238)],
  [
    "buckets",
    [
      {
        $bucket: {
          groupBy: "$n",
          boundaries: [int(1), int(2), int(5)],
          default: "other",
          output: { ids: { $push: "$_id" } },
        },
      },
    ],
    [
      { _id: int(1), ids: [int(1)] },
      { _id: int(2), ids: [int(2), int(3)] },
      { _id: "other", ids: [int(4)] },
    ],
  ],
  [
    "a value outside of all buckets",
    [{ $bucket: { groupBy: "$n", boundaries: [int(1), int(2)] } }],
    new Refusal(40066),
  ],
  ["buckets in disorder", [{ $bucket: { groupBy: "$n", boundaries: [int(2), int(1)] } }], new Refusal(40194)],
  [
    "buckets made by themselves",
    [{ $bucketAuto: { groupBy: "$_id", buckets: int(2) } }],
    [
      { _id: { min: int(1), max: int(3) }, count: int(2) },
      { _id: { min: int(3), max: int(4) }, count: int(2) },
    ],
  ],
  ["counts of a value", [{ $sortByCount: "$item" }, { $limit: 1 }], [{ _id: "a", count: int(2) }]],
];

const SHAPES: readonly Case[] = [
  [
    "what is kept stays in its place, what is calculated comes behind",
    [{ $match: { _id: 1 } }, { $project: { sum: { $add: ["$n", 1] }, big: 1, item: 1, n: { $literal: 1 } } }],
    [{ _id: int(1), item: "a", big: long("9007199254740993"), sum: int(2), n: int(1) }],
  ],
  ["keeping and leaving out at once", [{ $project: { a: 1, b: 0 } }], new Refusal(31254)],
  ["leaving out and keeping at once", [{ $project: { a: 0, b: 1 } }], new Refusal(31253)],
  ["paths that collide", [{ $project: { a: 1, "a.b": 1 } }], new Refusal(31249)],
  ["an empty projection", [{ $project: {} }], new Refusal(51272)],
  [
    "fields with names like numbers keep their order",
    [
      { $match: { _id: 1 } },
      { $project: { _id: 0, b: "$n", "2": "$n", "1": "$n" } },
      { $addFields: { "0": true } },
    ],
    [
      new Map<string, unknown>([
        ["b", int(1)],
        ["2", int(1)],
        ["1", int(1)],
        ["0", true],
      ]),
    ],
  ],
  [
    "another root",
    [{ $match: { _id: 1 } }, { $replaceRoot: { newRoot: { x: "$big" } } }],
    [{ x: long("9007199254740993") }],
  ],
  ["a root that is no document", [{ $replaceWith: "$item" }], new Refusal(40228)],
  [
    "pruned documents",
    [{ $redact: { $cond: [{ $eq: ["$item", "b"] }, "$$KEEP", "$$PRUNE"] } }, { $project: { item: 1 } }],
    [{ _id: int(2), item: "b" }],
  ],
  [
    "an array taken apart with places",
    [
      { $match: { _id: 1 } },
      { $unwind: { path: "$tags", includeArrayIndex: "i" } },
      { $project: { _id: 0, tags: 1, i: 1 } },
    ],
    [
      { tags: "x", i: long("0") },
      { tags: "y", i: long("1") },
    ],
  ],
  ["a path without a dollar", [{ $unwind: "tags" }], new Refusal(28818)],
  ["a negative skip", [{ $skip: -1 }], new Refusal(5107200)],
  ["a limit of zero", [{ $limit: 0 }], new Refusal(15958)],
  ["a sort by nothing", [{ $sort: {} }], new Refusal(15976)],
  ["a sort in no direction", [{ $sort: { a: 2 } }], new Refusal(15975)],
  ["a match that is no object", [{ $match: 5 }], new Refusal(15959)],
  ["a facet in a facet", [{ $facet: { a: [{ $facet: { b: [] } }] } }], new Refusal(40600)],
];

const JOINS: readonly Case[] = [
  [
    "by fields",
    [
      { $match: { _id: { $lte: 2 } } },
      { $lookup: { from: "items", localField: "item", foreignField: "code", as: "found" } },
      { $project: { found: "$found._id" } },
    ],
    [
      { _id: int(1), found: [int(10), int(11)] },
      { _id: int(2), found: [int(12)] },
    ],
  ],
  [
    "by fields and a pipeline together",
    [
      { $match: { _id: 1 } },
      {
        $lookup: {
          from: "items",
          localField: "item",
          foreignField: "code",
          pipeline: [{ $match: { size: { $gt: 1 } } }],
          as: "found",
        },
      },
      { $project: { found: "$found._id" } },
    ],
    [{ _id: int(1), found: [int(11)] }],
  ],
  [
    "by fields, a pipeline and variables",
    [
      { $match: { item: "a" } },
      {
        $lookup: {
          from: "items",
          localField: "item",
          foreignField: "code",
          let: { least: "$n" },
          pipeline: [{ $match: { $expr: { $gt: ["$size", "$$least"] } } }],
          as: "found",
        },
      },
      { $project: { found: "$found._id" } },
    ],
    [
      { _id: int(1), found: [int(11)] },
      { _id: int(3), found: [int(11)] },
    ],
  ],
  [
    "by a pipeline with variables",
    [
      { $match: { _id: 2 } },
      {
        $lookup: {
          from: "items",
          let: { code: "$item" },
          pipeline: [
            { $match: { $expr: { $eq: ["$code", "$$code"] } } },
            { $project: { _id: 0, twice: { $multiply: ["$size", 2] } } },
          ],
          as: "found",
        },
      },
      { $project: { found: 1 } },
    ],
    [{ _id: int(2), found: [{ twice: int(18) }] }],
  ],
  [
    "what is missing joins what is missing",
    [
      { $match: { _id: 4 } },
      { $lookup: { from: "items", localField: "item", foreignField: "code", as: "found" } },
      { $project: { found: "$found._id" } },
    ],
    [{ _id: int(4), found: [int(13)] }],
  ],
  [
    "each element of an array",
    [
      { $match: { _id: 1 } },
      { $addFields: { codes: ["a", "b"] } },
      { $lookup: { from: "items", localField: "codes", foreignField: "code", as: "found" } },
      { $project: { found: "$found._id" } },
    ],
    [{ _id: int(1), found: [int(10), int(11), int(12)] }],
  ],
  [
    "without a name for the result",
    [{ $lookup: { from: "items", localField: "a", foreignField: "b" } }],
    new Refusal(9),
  ],
  ["with one field only", [{ $lookup: { from: "items", localField: "a", as: "x" } }], new Refusal(9)],
  [
    "along references",
    [
      { $match: { _id: 1 } },
      {
        $graphLookup: {
          from: "items",
          startWith: "$item",
          connectFromField: "code",
          connectToField: "parent",
          as: "below",
          depthField: "depth",
        },
      },
      { $unwind: "$below" },
      { $replaceRoot: { newRoot: "$below" } },
      { $project: { depth: 1 } },
      { $sort: { _id: 1 } },
    ],
    [
      { _id: int(11), depth: long("0") },
      { _id: int(12), depth: long("0") },
      { _id: int(13), depth: long("1") },
    ],
  ],
  [
    "with another collection behind",
    [
      { $match: { _id: 1 } },
      { $project: { item: 1 } },
      { $unionWith: { coll: "items", pipeline: [{ $match: { _id: 13 } }] } },
    ],
    [
      { _id: int(1), item: "a" },
      { _id: int(13), parent: "b" },
    ],
  ],
];

const WINDOWS: readonly Case[] = [
  [
    "running sums keep their types",
    [
      {
        $setWindowFields: {
          sortBy: { _id: 1 },
          output: { sum: { $sum: "$price", window: { documents: ["unbounded", "current"] } } },
        },
      },
      { $project: { sum: 1 } },
    ],
    [
      { _id: int(1), sum: decimal("1.10") },
      { _id: int(2), sum: decimal("3.30") },
      { _id: int(3), sum: decimal("6.60") },
      { _id: int(4), sum: decimal("11.00") },
    ],
  ],
  [
    "days around",
    [
      {
        $setWindowFields: {
          sortBy: { at: 1 },
          output: { n: { $count: {}, window: { range: [-1, 0], unit: "day" } } },
        },
      },
      { $project: { n: 1 } },
    ],
    [
      { _id: int(1), n: int(1) },
      { _id: int(2), n: int(1) },
      { _id: int(3), n: int(2) },
      { _id: int(4), n: int(1) },
    ],
  ],
  [
    "ranks within partitions",
    [
      {
        $setWindowFields: {
          partitionBy: "$item",
          sortBy: { n: -1 },
          output: { rank: { $rank: {} }, before: { $shift: { output: "$n", by: -1, default: "none" } } },
        },
      },
      { $project: { rank: 1, before: 1 } },
    ],
    [
      { _id: int(4), rank: int(1), before: "none" },
      { _id: int(3), rank: int(1), before: "none" },
      { _id: int(1), rank: int(2), before: int(4) },
      { _id: int(2), rank: int(1), before: "none" },
    ],
  ],
  [
    "a line through what is missing",
    [
      { $fill: { sortBy: { at: 1 }, output: { big: { method: "locf" }, item: { value: "none" } } } },
      { $project: { big: 1, item: 1 } },
    ],
    [
      { _id: int(1), item: "a", big: long("9007199254740993") },
      { _id: int(2), item: "b", big: long("1") },
      { _id: int(3), item: "a", big: long("1") },
      { _id: int(4), big: long("1"), item: "none" },
    ],
  ],
  [
    "a line over repeated places",
    [
      { $addFields: { same: 1 } },
      { $setWindowFields: { sortBy: { same: 1 }, output: { n: { $linearFill: "$n" } } } },
    ],
    new Refusal(6050106),
  ],
  [
    "days that are missing",
    [
      { $match: { _id: { $lte: 2 } } },
      { $project: { at: 1 } },
      { $densify: { field: "at", range: { step: 1, unit: "day", bounds: "full" } } },
      { $project: { _id: 0, at: 1 } },
    ],
    [{ at: day(1) }, { at: day(2) }, { at: day(3) }],
  ],
];

beforeAll(async () => {
  open = await openDatabase();
  await open.database.collection<Thing>("sales").insertMany(SALES.map((sale) => ({ ...sale })));
  await open.database.collection<Thing>("items").insertMany(ITEMS.map((item) => ({ ...item })));
});

afterAll(() => open.close());

describe.each([
  ["groups", GROUPS],
  ["shapes", SHAPES],
  ["joins", JOINS],
  ["windows", WINDOWS],
])("a pipeline gives the documents and types of the real server, %s:", (_family, cases) => {
  it.each(cases)("%s", async (_title, stages, expected) => {
    const results = open.database.collection("sales").aggregate(stages, AS_STORED).toArray();
    if (expected instanceof Refusal) await expect(results.catch(codeOf)).resolves.toBe(expected.code);
    else expect(typed(await results)).toBe(typed(expected));
  });
});

describe("variables of a command", () => {
  it("are expressions, in find, update, delete, findAndModify and aggregate", async () => {
    const things = open.database.collection<Thing>("variables");
    await things.insertMany([
      { _id: 1, n: 3 },
      { _id: 2, n: 4 },
    ]);
    const options = { let: { three: { $add: [1, 2] } } };
    const filter = { $expr: { $eq: ["$n", "$$three"] } };
    expect(await things.find(filter, options).toArray()).toEqual([{ _id: 1, n: 3 }]);
    expect(await things.aggregate([{ $match: filter }], options).toArray()).toEqual([{ _id: 1, n: 3 }]);
    const command = {
      update: "variables",
      updates: [{ q: filter, u: [{ $set: { seen: "$$three" } }] }],
      ...options,
    };
    expect(await open.database.command(command)).toMatchObject({ nModified: 1 });
    expect(await things.findOneAndUpdate(filter, [{ $set: { n: "$$three" } }], options)).toMatchObject({
      seen: 3,
    });
    expect(await things.deleteMany(filter, options)).toMatchObject({ deletedCount: 1 });
  });

  it("may not read a document", async () => {
    const options = { let: { n: "$n" } };
    await expect(open.database.collection("sales").find({}, options).toArray()).rejects.toMatchObject({
      code: 4890500,
    });
  });
});

describe("a long pipeline", () => {
  it("lets other clients be served between its steps", async () => {
    const many = Array.from({ length: 10_000 }, (_none, index) => ({ index, text: `t${index}` }));
    await open.database.collection("long").insertMany(many);
    const ping = () => open.database.command({ ping: 1 });
    // Both connections are there before it matters.
    await Promise.all([ping(), ping()]);
    const order: string[] = [];
    const stages = [
      { $group: { _id: "$text", n: { $sum: "$index" } } },
      { $sort: { n: -1 } },
      { $count: "groups" },
    ];
    const slow = open.database.collection("long").aggregate(stages).toArray();
    const done = slow.then(() => order.push("pipeline"));
    await ping();
    order.push("ping");
    await done;
    expect(order).toEqual(["ping", "pipeline"]);
    expect(await slow).toEqual([{ groups: 10_000 }]);
  });
});
