import type { StringOrder } from "../bson/compareStrings.ts";
import { CommandError } from "../errors/CommandError.ts";
import { compileExpression } from "../expressions/compileExpression.ts";
import type { Gatherer } from "../gatherers/Gatherer.ts";
import type { AccumulatorOperator } from "./Accumulator.ts";

/** An accumulator of one expression. */
export function gathers(start: (strings: StringOrder) => Gatherer): AccumulatorOperator {
  return (argument, environment, name) => {
    if (Array.isArray(argument) && argument.length !== 1) {
      throw new CommandError(40237, `The ${name} accumulator is a unary operator`);
    }
    const operand: unknown = Array.isArray(argument) ? argument[0] : argument;
    const expression = compileExpression(operand, environment);
    return () => {
      const gatherer = start(environment.strings);
      return { add: (scope) => gatherer.add(expression.evaluate(scope)), result: gatherer.result };
    };
  };
}
