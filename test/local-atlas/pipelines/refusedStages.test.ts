import { Refusal } from "../expressions/calculate.ts";
import { type Case, describePipelines, int } from "./describePipelines.ts";

const range = { step: int(1), bounds: "full" };

const REFUSED: readonly Case[] = [
  ["$densify, in its range", [{ $densify: { field: "n", range: { ...range, wat: 1 } } }], new Refusal(40415)],
  [
    "$densify, of no text among its partitions",
    [{ $densify: { field: "n", partitionByFields: [1], range } }],
    new Refusal(14),
  ],
  ["$facet, under a name that is a path", [{ $facet: { "a.b": [] } }], new Refusal(16412)],
  ["$unset, of one path twice", [{ $unset: ["a", "a"] }], new Refusal(31250)],
  ["$collStats", [{ $collStats: { wat: 1 } }], new Refusal(40415)],
  ["$collStats, a part that is not measured here", [{ $collStats: { latencyStats: {} } }], new Refusal(238)],
  ["$indexStats", [{ $indexStats: { wat: 1 } }], new Refusal(28803)],
  ["$merge", [{ $merge: { into: "x", wat: 1 } }], new Refusal(40415)],
  ["$merge, of an action", [{ $merge: { into: "x", whenMatched: "wat" } }], new Refusal(2)],
  ["$changeStream", [{ $changeStream: { wat: 1 } }], new Refusal(40415)],
];

describePipelines("what a stage does not know is refused, with the code of the real server:", REFUSED);
