import { Double } from "bson";
import type { BsonDocument } from "../bson/BsonDocument.ts";
import { asDecimal } from "../bson/arithmetic.ts";
import {
  addDecimals,
  divideDecimals,
  multiplyDecimals,
  subtractDecimals,
} from "../bson/decimalArithmetic.ts";
import { writeDecimal } from "../bson/decimals.ts";
import { type BsonNumber, isNumeric, numberType, toNumber } from "../bson/numbers.ts";
import { splitPath, valueAt } from "../bson/paths.ts";
import { typeName } from "../bson/typeNames.ts";
import { isNullish } from "../bson/values.ts";
import { CommandError } from "../errors/CommandError.ts";
import { compileExpression } from "../expressions/compileExpression.ts";
import type { WindowOperator } from "./WindowFunction.ts";

/** The last value that was not null. */
export const locf: WindowOperator = (argument, { window, environment }) => {
  if (window !== undefined) throw new CommandError("FailedToParse", "$locf does not accept a 'window' field");
  const value = compileExpression(argument, environment);
  return (partition) => {
    let last: unknown = null;
    return partition.map((root) => {
      const found = value.evaluate({ root, bound: null });
      if (!isNullish(found)) last = found;
      return last;
    });
  };
};

interface Point {
  readonly x: BsonNumber;
  readonly y: BsonNumber | null;
}

/** Nulls between two values are put onto the line between them. */
export const linearFill: WindowOperator = (argument, { window, sortBy, environment }) => {
  if (window !== undefined)
    throw new CommandError("FailedToParse", "$linearFill does not accept a 'window' field");
  const [field, ...more] = Object.keys(sortBy ?? {});
  if (field === undefined || more.length > 0) {
    throw new CommandError(
      605001,
      "$linearFill must be specified with a top level sortBy expression with exactly one element",
    );
  }
  const [value, parts] = [compileExpression(argument, environment), splitPath(field)];
  return (partition) => {
    const points = partition.map((root): Point => ({
      x: placeOf(root, parts),
      y: heightOf(value.evaluate({ root, bound: null })),
    }));
    checkRepetition(points);
    return points.map((point, index) => point.y ?? between(points, index));
  };
};

function placeOf(root: BsonDocument, parts: readonly string[]): BsonNumber {
  const x = valueAt(root, parts);
  if (x instanceof Date) return x.getTime();
  if (isNumeric(x)) return x;
  throw new CommandError(
    "TypeMismatch",
    `the sortBy field of $linearFill must be numeric or a date, found ${typeName(x)}`,
  );
}

function heightOf(y: unknown): BsonNumber | null {
  if (isNullish(y)) return null;
  if (isNumeric(y)) return y;
  throw new CommandError(
    "TypeMismatch",
    `Value to be filled must be numeric or nullish, but found type: ${typeName(y)}`,
  );
}

function checkRepetition(points: readonly Point[]): void {
  const isRepeated = points.some(
    (point, index) => index > 0 && toNumber(points[index - 1]?.x ?? Number.NaN) === toNumber(point.x),
  );
  if (isRepeated) throw new CommandError(6050106, "There can be no repeated values in the sort field");
}

function between(points: readonly Point[], index: number): unknown {
  const before = points.slice(0, index).findLast(({ y }) => y !== null);
  const after = points.slice(index + 1).find(({ y }) => y !== null);
  const point = points[index];
  if (before?.y == null || after?.y == null || point === undefined) return null;
  return interpolate([before.x, before.y], [after.x, after.y], point.x);
}

function interpolate(
  [x1, y1]: readonly [BsonNumber, BsonNumber],
  [x2, y2]: readonly [BsonNumber, BsonNumber],
  x: BsonNumber,
): unknown {
  if ([x1, y1, x2, y2, x].every((value) => numberType(value) !== "decimal")) {
    const slope = (toNumber(y2) - toNumber(y1)) / (toNumber(x2) - toNumber(x1));
    return new Double(toNumber(y1) + (toNumber(x) - toNumber(x1)) * slope);
  }
  const rise = subtractDecimals(asDecimal(y2), asDecimal(y1));
  const run = subtractDecimals(asDecimal(x2), asDecimal(x1));
  const distance = subtractDecimals(asDecimal(x), asDecimal(x1));
  return writeDecimal(addDecimals(asDecimal(y1), divideDecimals(multiplyDecimals(distance, rise), run)));
}
