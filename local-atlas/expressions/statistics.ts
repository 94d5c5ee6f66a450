import type { Gatherer } from "../gatherers/Gatherer.ts";
import { countOf, parseCounted } from "../gatherers/countedArguments.ts";
import { deviation } from "../gatherers/deviation.ts";
import { firstOnes, lastOnes } from "../gatherers/ends.ts";
import { extreme, extremes } from "../gatherers/extremes.ts";
import { average, sum } from "../gatherers/sums.ts";
import { arrayOr } from "./arrays.ts";
import type { StringOrder } from "../bson/compareStrings.ts";
import { folded } from "./Expression.ts";
import { operands, type Operator, type OperatorTable } from "./Operator.ts";

/** Accumulators over the elements of an array, or over several values. */
export const STATISTICS: OperatorTable = {
  $sum: overValues(sum),
  $avg: overValues(average),
  $min: overValues(extreme(-1)),
  $max: overValues(extreme(1)),
  $stdDevPop: overValues(() => deviation(false)),
  $stdDevSamp: overValues(() => deviation(true)),
  $firstN: ofArray(firstOnes),
  $lastN: ofArray(lastOnes),
  $minN: ofArray((count, strings) => extremes(-1, count, strings)),
  $maxN: ofArray((count, strings) => extremes(1, count, strings)),
};

function overValues(start: (strings: StringOrder) => Gatherer): Operator {
  return operands(0, Infinity, (values, { environment }) => {
    const [only] = values;
    return gathered(start(environment.strings), values.length === 1 && Array.isArray(only) ? only : values);
  });
}

function ofArray(start: (count: number, strings: StringOrder) => Gatherer): Operator {
  return (argument, context, name) => {
    const { n, input } = parseCounted(argument, name);
    const [count, array] = [context.compile(n, context), context.compile(input, context)];
    return folded({
      isConstant: count.isConstant && array.isConstant,
      evaluate: (scope) => {
        const size = countOf(count.evaluate(scope));
        const items = arrayOr(array.evaluate(scope), 5788200, `Input to ${name} must be an array, but is `);
        return gathered(start(size, context.environment.strings), items);
      },
    });
  };
}

function gathered(gatherer: Gatherer, values: readonly unknown[]): unknown {
  for (const value of values) gatherer.add(value);
  return gatherer.result();
}
