import { Refusal } from "../expressions/calculate.ts";
import { type Case, day, decimal, describePipelines, int, long } from "./describePipelines.ts";

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

describePipelines("windows over neighbours give the documents and types of the real server:", WINDOWS);
