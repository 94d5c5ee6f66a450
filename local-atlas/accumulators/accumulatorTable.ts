import { Int32 } from "bson";
import { isDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { AccumulatorTable } from "./Accumulator.ts";
import { collect, collectOnce, merge } from "../gatherers/collections.ts";
import { countedAccumulator } from "./counted.ts";
import { deviation } from "../gatherers/deviation.ts";
import { first, firstOnes, last, lastOnes } from "../gatherers/ends.ts";
import { extreme, extremes } from "../gatherers/extremes.ts";
import { gathers } from "./gathering.ts";
import { percentileAccumulator } from "./percentileAccumulator.ts";
import { average, sum } from "../gatherers/sums.ts";
import { tops } from "./tops.ts";

/** All accumulators of `$group`, `$bucket` and windows. What is not here is refused. */
export const ACCUMULATORS: AccumulatorTable = {
  $addToSet: gathers(collectOnce),
  $avg: gathers(average),
  $bottom: tops("bottom", true),
  $bottomN: tops("bottom", false),
  $count: (argument, _environment, name) => {
    if (!isDocument(argument) || Object.keys(argument).length > 0) {
      throw new CommandError("TypeMismatch", `${name} takes no arguments, i.e. $count:{}`);
    }
    return () => {
      let count = 0;
      return { add: () => void count++, result: () => new Int32(count) };
    };
  },
  $first: gathers(first),
  $firstN: countedAccumulator(firstOnes),
  $last: gathers(last),
  $lastN: countedAccumulator(lastOnes),
  $max: gathers(extreme(1)),
  $maxN: countedAccumulator((count, strings) => extremes(1, count, strings)),
  $median: percentileAccumulator,
  $mergeObjects: gathers(merge),
  $min: gathers(extreme(-1)),
  $minN: countedAccumulator((count, strings) => extremes(-1, count, strings)),
  $percentile: percentileAccumulator,
  $push: gathers(collect),
  $stdDevPop: gathers(() => deviation(false)),
  $stdDevSamp: gathers(() => deviation(true)),
  $sum: gathers(sum),
  $top: tops("top", true),
  $topN: tops("top", false),
};

/** What the server knows and we do not. */
export const REFUSED_ACCUMULATORS: ReadonlySet<string> = new Set(["$accumulator"]);
