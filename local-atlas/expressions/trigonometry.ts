import type { Decimal } from "decimal.js";
import { Double } from "bson";
import { asDecimal } from "../bson/arithmetic.ts";
import { angleOfDecimals, multiplyDecimals } from "../bson/decimalArithmetic.ts";
import { parseDecimal, writeDecimal } from "../bson/decimals.ts";
import { type BsonNumber, isNumeric, numberType, toDecimal, toNumber } from "../bson/numbers.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import { numeric, real } from "./numberFunctions.ts";
import { operands, type Operator, type OperatorTable } from "./Operator.ts";
import { isNullish } from "../bson/values.ts";

/** The functions of angles, in radians. */
export const TRIGONOMETRY: OperatorTable = {
  $sin: within(Math.sin, (value) => value.sin(), isFiniteNumber),
  $cos: within(Math.cos, (value) => value.cos(), isFiniteNumber),
  $tan: within(Math.tan, (value) => value.tan(), isFiniteNumber),
  $asin: within(
    Math.asin,
    (value) => value.asin(),
    (value) => Math.abs(value) <= 1,
  ),
  $acos: within(
    Math.acos,
    (value) => value.acos(),
    (value) => Math.abs(value) <= 1,
  ),
  $atan: within(
    Math.atan,
    (value) => value.atan(),
    () => true,
  ),
  $sinh: within(
    Math.sinh,
    (value) => value.sinh(),
    () => true,
  ),
  $cosh: within(
    Math.cosh,
    (value) => value.cosh(),
    () => true,
  ),
  $tanh: within(
    Math.tanh,
    (value) => value.tanh(),
    () => true,
  ),
  $asinh: within(
    Math.asinh,
    (value) => value.asinh(),
    () => true,
  ),
  $acosh: within(
    Math.acosh,
    (value) => value.acosh(),
    (value) => value >= 1,
  ),
  $atanh: within(
    Math.atanh,
    (value) => value.atanh(),
    (value) => Math.abs(value) <= 1,
  ),
  $atan2: operands(2, 2, ([y, x]) => angle(y, x)),
  $degreesToRadians: scaled(Math.PI / 180, "0.01745329251994329576923690768488613"),
  $radiansToDegrees: scaled(180 / Math.PI, "57.29577951308232087679815481410517"),
};

function isFiniteNumber(value: number): boolean {
  return Math.abs(value) !== Infinity;
}

function within(
  ofDouble: (value: number) => number,
  ofDecimal: (value: Decimal) => Decimal,
  isInside: (value: number) => boolean,
): Operator {
  return numeric((value) => {
    const number = toNumber(value);
    if (Number.isNaN(number) || isInside(number)) return real(value, ofDouble, ofDecimal);
    throw new CommandError(50989, `cannot apply the function to ${number}, which is out of its bounds`);
  });
}

function angle(y: unknown, x: unknown): unknown {
  if (isNullish(y) || isNullish(x)) return null;
  if (!isNumeric(y)) throw new CommandError(51044, `$atan2 only supports numeric types, not ${typeName(y)}`);
  if (!isNumeric(x)) throw new CommandError(51045, `$atan2 only supports numeric types, not ${typeName(x)}`);
  if (!isDecimal(y) && !isDecimal(x)) return new Double(Math.atan2(toNumber(y), toNumber(x)));
  return writeDecimal(angleOfDecimals(asDecimal(y), asDecimal(x)));
}

function isDecimal(value: BsonNumber): boolean {
  return numberType(value) === "decimal";
}

function scaled(factor: number, exact: string): Operator {
  return numeric((value) => {
    if (!isDecimal(value)) return new Double(toNumber(value) * factor);
    return writeDecimal(multiplyDecimals(toDecimal(value), parseDecimal(exact) ?? "NaN"));
  });
}
