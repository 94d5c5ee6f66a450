import { type Decimal128, Double, type Int32, Long } from "bson";
import { addDecimals, multiplyDecimals } from "./decimalArithmetic.ts";
import {
  countDigits,
  type DecimalValue,
  isFiniteDecimal,
  quantize,
  roundToDigits,
  writeDecimal,
} from "./decimals.ts";
import {
  type BsonNumber,
  fitsLong,
  intOrLong,
  type NumberType,
  numberType,
  toDecimal,
  toNumber,
} from "./numbers.ts";

/** A number as the server calculates it. */
export type Calculated = Int32 | Long | Double | Decimal128;

/** One operation in each of the three kinds of arithmetic. */
interface Operation {
  readonly whole: (left: bigint, right: bigint) => bigint;
  readonly double: (left: number, right: number) => number;
  readonly decimal: (left: DecimalValue, right: DecimalValue) => DecimalValue;
}

const WIDTH: Readonly<Record<NumberType, number>> = { int: 0, long: 1, double: 2, decimal: 3 };

const ADDITION: Operation = {
  whole: (left, right) => left + right,
  double: (left, right) => left + right,
  decimal: addDecimals,
};

const MULTIPLICATION: Operation = {
  whole: (left, right) => left * right,
  double: (left, right) => left * right,
  decimal: multiplyDecimals,
};

/** The sum in the wider of the two types, an int that overflows as a long; `null` when a long overflows. */
export function add(left: BsonNumber, right: BsonNumber): Calculated | null {
  return combine(ADDITION, left, right);
}

/** The product in the wider of the two types, an int that overflows as a long; `null` when a long overflows. */
export function multiply(left: BsonNumber, right: BsonNumber): Calculated | null {
  return combine(MULTIPLICATION, left, right);
}

/** The wider of the types of two numbers. */
export function widerType(left: BsonNumber, right: BsonNumber): NumberType {
  const [a, b] = [numberType(left) ?? "int", numberType(right) ?? "int"];
  return WIDTH[a] > WIDTH[b] ? a : b;
}

/** A whole number in the type that a calculation asks for: an int only where it fits. */
export function wholeOf(type: NumberType, value: bigint): Int32 | Long {
  return type === "int" ? intOrLong(value) : Long.fromBigInt(value);
}

/** The value as a decimal to calculate with. Of a double only the 15 digits count that are sure. */
export function asDecimal(value: BsonNumber): DecimalValue {
  const exact = toDecimal(value);
  if (numberType(value) !== "double" || !isFiniteDecimal(exact) || exact.coefficient === 0n) return exact;
  const rounded = roundToDigits(exact, SURE_DIGITS);
  return quantize(rounded, rounded.exponent + countDigits(rounded.coefficient) - SURE_DIGITS, "half-even");
}

const SURE_DIGITS = 15;

function combine(operation: Operation, left: BsonNumber, right: BsonNumber): Calculated | null {
  const type = widerType(left, right);
  if (type === "decimal") return writeDecimal(operation.decimal(asDecimal(left), asDecimal(right)));
  if (type === "double") return new Double(operation.double(toNumber(left), toNumber(right)));
  const result = operation.whole(toBigInt(left), toBigInt(right));
  return fitsLong(result) ? wholeOf(type, result) : null;
}

function toBigInt(value: BsonNumber): bigint {
  return value instanceof Long ? value.toBigInt() : BigInt(toNumber(value));
}
