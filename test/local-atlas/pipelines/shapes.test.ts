import { Refusal } from "../expressions/calculate.ts";
import { type Case, describePipelines, int, long } from "./describePipelines.ts";

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

describePipelines(
  "projections, unwinding and limits give the documents and types of the real server:",
  SHAPES,
);
