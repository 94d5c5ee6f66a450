import { Double, Long } from "bson";
import { wholeOf } from "../bson/arithmetic.ts";
import { countDigits, isFiniteDecimal, quantize, type Rounding, writeDecimal } from "../bson/decimals.ts";
import {
  type BsonNumber,
  fitsLong,
  isNumeric,
  numberType,
  toDecimal,
  toInt32,
  toNumber,
  truncated,
} from "../bson/numbers.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import { operands, type Operator, type OperatorTable } from "./Operator.ts";
import { isNullish } from "../bson/values.ts";

/** Rounding to a number of places, half to even or towards zero. */
export const ROUNDING: OperatorTable = { $round: rounds("half-even"), $trunc: rounds("toward-zero") };

const [LEAST_PLACES, MOST_PLACES] = [-20, 100];
const MOST_DIGITS = 34;

function rounds(rounding: Rounding): Operator {
  return operands(1, 2, ([value, ...more], _context, name) => {
    if (isNullish(value)) return null;
    if (!isNumeric(value)) {
      throw new CommandError(51081, `${name} only supports numeric types, not ${typeName(value)}`);
    }
    if (more.length > 0 && isNullish(more[0])) return null;
    return round(value, more.length === 0 ? 0 : placesOf(more[0], name), rounding, name);
  });
}

function placesOf(value: unknown, name: string): number {
  const places = toInt32(value);
  if (places === null)
    throw new CommandError(51082, `precision argument to  ${name} must be a integral value`);
  if (places >= LEAST_PLACES && places <= MOST_PLACES) return places;
  throw new CommandError(
    51083,
    `cannot apply ${name} with precision value ${places} value must be in [-20, 100]`,
  );
}

function round(value: BsonNumber, places: number, rounding: Rounding, name: string): unknown {
  const type = numberType(value);
  const isWhole = type === "int" || type === "long";
  const decimal = toDecimal(value);
  if ((isWhole && places >= 0) || !isFiniteDecimal(decimal)) return value;
  const rounded = quantize(decimal, -places, rounding);
  if (type === "double") return new Double(toNumber(writeDecimal(rounded)));
  if (type === "decimal") {
    const fits = countDigits(rounded.coefficient) <= MOST_DIGITS;
    return writeDecimal(fits ? rounded : "NaN");
  }
  const whole = truncated(writeDecimal(rounded)) ?? 0n;
  if (!fitsLong(whole)) {
    throw new CommandError(51080, `invalid conversion from Decimal128 result in ${name}`);
  }
  return type === "long" ? Long.fromBigInt(whole) : wholeOf("int", whole);
}
