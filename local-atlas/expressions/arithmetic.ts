import { Double, Long } from "bson";
import { add, asDecimal, type Calculated, multiply, widerType, wholeOf } from "../bson/arithmetic.ts";
import { divideDecimals, remainderOfDecimals, subtractDecimals } from "../bson/decimalArithmetic.ts";
import { isFiniteDecimal, writeDecimal } from "../bson/decimals.ts";
import {
  type BsonNumber,
  fitsLong,
  isLong,
  isNumeric,
  toDecimal,
  toInt64,
  toNumber,
  truncated,
} from "../bson/numbers.ts";
import { typeName } from "../bson/typeNames.ts";
import { makeDate } from "../dates/makeDate.ts";
import { CommandError } from "../errors/CommandError.ts";
import { operands, type OperatorTable } from "./Operator.ts";
import { isNullish } from "../bson/values.ts";

/** The four operations and the remainder. */
export const ARITHMETIC: OperatorTable = {
  $add: operands(0, Infinity, (values) => sum(values)),
  $subtract: operands(2, 2, ([left, right]) => subtract(left, right)),
  $multiply: operands(0, Infinity, (values) => product(values)),
  $divide: operands(2, 2, ([left, right]) => divide(left, right)),
  $mod: operands(2, 2, ([left, right]) => modulo(left, right)),
};

const ZERO = wholeOf("int", 0n);
const ONE = wholeOf("int", 1n);

function sum(values: readonly unknown[]): unknown {
  let total: BsonNumber = ZERO;
  let hasDate = false;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (value instanceof Date) {
      if (hasDate) throw new CommandError(16612, "only one date allowed in an $add expression");
      hasDate = true;
      total = addOrDouble(total, Long.fromNumber(value.getTime()));
    } else if (isNumeric(value)) {
      total = addOrDouble(total, value);
    } else {
      throw notNumeric("$add only supports numeric or date types", value);
    }
  }
  return hasDate ? dateOf(total) : total;
}

/** A long that overflows becomes a double. */
function addOrDouble(left: BsonNumber, right: BsonNumber): Calculated {
  return add(left, right) ?? new Double(toNumber(left) + toNumber(right));
}

function dateOf(total: BsonNumber): Date {
  const milliseconds = total instanceof Double ? Math.round(total.value) : Number(truncated(total));
  if (!Number.isFinite(milliseconds) || !fitsLong(BigInt(milliseconds))) {
    throw new CommandError("Overflow", "date overflow in $add");
  }
  return makeDate(milliseconds);
}

function product(values: readonly unknown[]): unknown {
  let total: BsonNumber = ONE;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (!isNumeric(value)) throw notNumeric("$multiply only supports numeric types", value);
    total = multiply(total, value) ?? new Double(toNumber(total) * toNumber(value));
  }
  return total;
}

function subtract(left: unknown, right: unknown): unknown {
  if (isNullish(left) || isNullish(right)) return null;
  if (isNumeric(left) && isNumeric(right)) return difference(left, right);
  if (left instanceof Date && right instanceof Date) return Long.fromNumber(left.getTime() - right.getTime());
  if (left instanceof Date && isNumeric(right)) return makeDate(left.getTime() - Number(truncated(right)));
  throw new CommandError("TypeMismatch", `can't $subtract ${typeName(right)} from ${typeName(left)}`);
}

function difference(left: BsonNumber, right: BsonNumber): Calculated {
  const type = widerType(left, right);
  if (type === "decimal") return writeDecimal(subtractDecimals(asDecimal(left), asDecimal(right)));
  const double = new Double(toNumber(left) - toNumber(right));
  if (type === "double") return double;
  const result = wholeValue(left) - wholeValue(right);
  return fitsLong(result) ? wholeOf(type, result) : double;
}

function divide(left: unknown, right: unknown): unknown {
  if (isNumeric(left) && isNumeric(right)) {
    if (toNumber(right) === 0 && isZero(right)) throw new CommandError("BadValue", "can't $divide by zero");
    if (widerType(left, right) === "decimal") {
      return writeDecimal(divideDecimals(asDecimal(left), asDecimal(right)));
    }
    return new Double(toNumber(left) / toNumber(right));
  }
  if (isNullish(left) || isNullish(right)) return null;
  throw new CommandError(
    "TypeMismatch",
    `$divide only supports numeric types, not ${typeName(left)} and ${typeName(right)}`,
  );
}

function modulo(left: unknown, right: unknown): unknown {
  if (isNumeric(left) && isNumeric(right)) return remainder(left, right);
  if (isNullish(left) || isNullish(right)) return null;
  throw new CommandError(
    16611,
    `$mod only supports numeric types, not ${typeName(left)} and ${typeName(right)}`,
  );
}

function remainder(left: BsonNumber, right: BsonNumber): Calculated {
  if (isZero(right)) throw new CommandError(16610, "can't $mod by zero");
  const type = widerType(left, right);
  if (type === "decimal") return writeDecimal(remainderOfDecimals(asDecimal(left), asDecimal(right)));
  const isWholeDivisor = toInt64(right) !== null;
  if (left instanceof Double || !isWholeDivisor) return new Double(toNumber(left) % toNumber(right));
  const isLongResult = isLong(left) || isLong(right);
  return wholeOf(isLongResult ? "long" : "int", wholeValue(left) % wholeValue(right));
}

/** A tiny decimal is no zero, though its nearest double is. */
function isZero(value: BsonNumber): boolean {
  const exact = toDecimal(value);
  return isFiniteDecimal(exact) && exact.coefficient === 0n;
}

function wholeValue(value: BsonNumber): bigint {
  return truncated(value) ?? 0n;
}

function notNumeric(message: string, value: unknown): CommandError {
  return new CommandError("TypeMismatch", `${message}, not ${typeName(value)}`);
}
