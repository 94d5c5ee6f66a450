import { Double, Int32 } from "bson";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { isNumeric, toInt32, toNumber } from "../bson/numbers.ts";
import { compileSort } from "../bson/sortDocuments.ts";
import { isNullish } from "../bson/values.ts";
import { CommandError } from "../errors/CommandError.ts";
import { compileExpression } from "../expressions/compileExpression.ts";
import { constantValue, type Expression } from "../expressions/Expression.ts";
import { covariance, derivative, integral } from "./differences.ts";
import { linearFill, locf } from "./fillOperators.ts";
import type { WindowContext, WindowFunction, WindowOperator } from "./WindowFunction.ts";

/** The window functions that are no accumulators. */
export const WINDOW_OPERATORS: Readonly<Record<string, WindowOperator>> = {
  $documentNumber: (argument, context) => {
    checkRank(argument, context, true);
    return (partition) => partition.map((_document, index) => new Int32(index + 1));
  },
  $rank: (argument, context) => ranks(checkRank(argument, context, false), (index) => index + 1),
  $denseRank: (argument, context) => ranks(checkRank(argument, context, false), (_index, last) => last + 1),
  $shift: shift,
  $expMovingAvg: expMovingAverage,
  $derivative: derivative,
  $integral: integral,
  $covariancePop: covariance(false),
  $covarianceSamp: covariance(true),
  $linearFill: linearFill,
  $locf: locf,
};

function checkRank(
  argument: unknown,
  { name, window, sortBy }: WindowContext,
  allowsMany: boolean,
): BsonDocument {
  if (!isDocument(argument) || Object.keys(argument).length > 0) {
    throw new CommandError(5371603, `${name} must be specified with '{}' as the value`);
  }
  if (window !== undefined)
    throw new CommandError(5371601, `Rank style window functions take no other arguments`);
  if (sortBy === null || (!allowsMany && Object.keys(sortBy).length !== 1)) {
    throw new CommandError(
      5371602,
      `${name} must be specified with a top level sortBy expression with exactly one element`,
    );
  }
  return sortBy;
}

/** Documents that are equal by the sort share a rank. */
function ranks(sortBy: BsonDocument, next: (index: number, last: number) => number): WindowFunction {
  const compare = compileSort(sortBy);
  return (partition) => {
    let last = 0;
    return partition.map((document, index) => {
      const before = partition[index - 1];
      if (before === undefined || compare(before, document) !== 0) last = next(index, last);
      return new Int32(last);
    });
  };
}

function shift(argument: unknown, { sortBy, environment }: WindowContext): WindowFunction {
  if (!isDocument(argument)) throw new CommandError("FailedToParse", "Argument to $shift must be an object");
  if (sortBy === null) throw new CommandError("FailedToParse", "'$shift' requires a sortBy");
  const { by, output, default: otherwise = null, ...others } = argument;
  const offset = toInt32(by);
  if (Object.keys(others).length > 0 || output === undefined || offset === null) {
    throw new CommandError(
      "FailedToParse",
      "$shift takes 'output', an integer 'by' and optionally 'default'",
    );
  }
  const [value, filler] = [compileExpression(output, environment), compileExpression(otherwise, environment)];
  if (!filler.isConstant)
    throw new CommandError("FailedToParse", "'$shift:default' expression must yield a constant value.");
  return (partition) =>
    partition.map((_document, index) => {
      const root = partition[index + offset];
      return root === undefined ? constantValue(filler) : (value.evaluate({ root, bound: null }) ?? null);
    });
}

function expMovingAverage(argument: unknown, { sortBy, window, environment }: WindowContext): WindowFunction {
  const { input, N: count, alpha, ...others } = isDocument(argument) ? argument : {};
  if (sortBy === null) throw new CommandError("FailedToParse", "$expMovingAvg requires an explicit 'sortBy'");
  if (window !== undefined)
    throw new CommandError("FailedToParse", "$expMovingAvg does not accept a 'window' field");
  if (
    input === undefined ||
    Object.keys(others).length > 0 ||
    (count === undefined) === (alpha === undefined)
  ) {
    throw new CommandError("FailedToParse", "$expMovingAvg takes 'input' and either 'N' or 'alpha'");
  }
  const weight = weightOf(count, alpha);
  const value = compileExpression(input, environment);
  return (partition) => averages(partition, value, weight);
}

function weightOf(count: unknown, alpha: unknown): number {
  if (alpha === undefined) {
    const size = toInt32(count);
    if (size !== null && size > 0) return 2 / (size + 1);
    throw new CommandError("FailedToParse", "'N' field must be a positive integer");
  }
  const weight = isNumeric(alpha) ? toNumber(alpha) : Number.NaN;
  if (weight > 0 && weight < 1) return weight;
  throw new CommandError("FailedToParse", "'alpha' must be between 0 and 1 (exclusive)");
}

function averages(partition: readonly BsonDocument[], value: Expression, weight: number): readonly unknown[] {
  let average: number | null = null;
  return partition.map((root) => {
    const found = value.evaluate({ root, bound: null });
    if (!isNullish(found) && isNumeric(found)) {
      const number = toNumber(found);
      average = average === null ? number : number * weight + average * (1 - weight);
    }
    return average === null ? null : new Double(average);
  });
}
