import { parsePercentile, percentiles } from "../gatherers/percentiles.ts";
import { constantValue, type Expression, folded } from "./Expression.ts";
import type { CompileContext, OperatorTable } from "./Operator.ts";

/** Places in the order of numbers: of an array, or of one number. */
export const PERCENTILES: OperatorTable = { $percentile: percentile, $median: percentile };

function percentile(argument: unknown, context: CompileContext, name: string): Expression {
  const request = parsePercentile(argument, name, (expression) =>
    constantValue(context.compile(expression, context)),
  );
  const input = context.compile(request.input, context);
  return folded({
    isConstant: input.isConstant,
    evaluate: (scope) => {
      const gatherer = percentiles(request);
      const value = input.evaluate(scope);
      for (const item of Array.isArray(value) ? value : [value]) gatherer.add(item);
      return gatherer.result();
    },
  });
}
