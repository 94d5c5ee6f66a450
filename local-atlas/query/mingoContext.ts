import { Context, evalExpr } from "mingo/core";
import * as accumulatorOperators from "mingo/operators/accumulator";
import * as expressionOperators from "mingo/operators/expression";
import * as pipelineOperators from "mingo/operators/pipeline";
import * as projectionOperators from "mingo/operators/projection";
import * as queryOperators from "mingo/operators/query";
import * as windowOperators from "mingo/operators/window";
import { compareValues } from "../bson/compareValues.ts";
import { CommandError } from "../errors/CommandError.ts";
import { toOriginal } from "./plainValues.ts";

type ExpressionOperators = Parameters<Context["addExpressionOps"]>[0];
type EvaluateArguments = Parameters<typeof evalExpr>;

/** `mingo` takes a missing field for null and orders types its own way: these compare as the server does. */
const COMPARISONS = {
  $eq: comparison("$eq", (order) => order === 0),
  $ne: comparison("$ne", (order) => order !== 0),
  $gt: comparison("$gt", (order) => order > 0),
  $gte: comparison("$gte", (order) => order >= 0),
  $lt: comparison("$lt", (order) => order < 0),
  $lte: comparison("$lte", (order) => order <= 0),
  $cmp: comparison("$cmp", Math.sign),
};

/** The operators of expressions, with which values are calculated. */
export const EXPRESSIONS = { ...expressionOperators, ...COMPARISONS } as unknown as ExpressionOperators;

/** All that a pipeline may use. */
export const PIPELINE_CONTEXT = Context.init({
  accumulator: accumulatorOperators,
  expression: EXPRESSIONS,
  pipeline: pipelineOperators,
  projection: projectionOperators,
  query: queryOperators,
  window: windowOperators,
});

function comparison(name: string, answer: (order: number) => boolean | number) {
  return (
    document: EvaluateArguments[0],
    argument: unknown,
    options: EvaluateArguments[2],
  ): boolean | number => {
    const operands: readonly unknown[] = Array.isArray(argument) ? argument : [];
    if (operands.length !== 2) {
      throw new CommandError(
        "BadValue",
        `Expression ${name} takes exactly 2 arguments. ${operands.length} were passed in.`,
      );
    }
    const [left, right] = operands.map((operand) => toOriginal(evalExpr(document, operand, options)));
    return answer(compareValues(left, right));
  };
}
