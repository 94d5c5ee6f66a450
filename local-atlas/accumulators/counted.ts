import type { StringOrder } from "../bson/compareStrings.ts";
import { compileExpression } from "../expressions/compileExpression.ts";
import { countOf, parseCounted } from "../gatherers/countedArguments.ts";
import type { Gatherer } from "../gatherers/Gatherer.ts";
import type { AccumulatorOperator } from "./Accumulator.ts";

/** An accumulator of `n` values; `n` may depend on the group. */
export function countedAccumulator(
  start: (count: number, strings: StringOrder) => Gatherer,
): AccumulatorOperator {
  return (argument, environment, name) => {
    const { n, input } = parseCounted(argument, name);
    const [count, value] = [compileExpression(n, environment), compileExpression(input, environment)];
    return (group) => {
      const gatherer = start(countOf(count.evaluate(group)), environment.strings);
      return { add: (scope) => gatherer.add(value.evaluate(scope)), result: gatherer.result };
    };
  };
}
