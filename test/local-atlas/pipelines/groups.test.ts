import { Refusal } from "../expressions/calculate.ts";
import { type Case, decimal, describePipelines, double, int, long } from "./describePipelines.ts";

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

describePipelines("groups and buckets hold the documents and types of the real server:", GROUPS);
