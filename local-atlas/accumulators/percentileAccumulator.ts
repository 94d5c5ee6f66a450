import { compileExpression } from "../expressions/compileExpression.ts";
import { constantValue } from "../expressions/Expression.ts";
import { parsePercentile, percentiles } from "../gatherers/percentiles.ts";
import type { AccumulatorOperator } from "./Accumulator.ts";

/** `$percentile` and `$median`. */
export const percentileAccumulator: AccumulatorOperator = (argument, environment, name) => {
  const request = parsePercentile(argument, name, (expression) =>
    constantValue(compileExpression(expression, environment)),
  );
  const input = compileExpression(request.input, environment);
  return () => {
    const gatherer = percentiles(request);
    return { add: (scope) => gatherer.add(input.evaluate(scope)), result: gatherer.result };
  };
};
