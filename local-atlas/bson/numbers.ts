import { Decimal128, Double, Int32, Long } from "bson";
import {
  compareDecimals,
  type DecimalValue,
  divideRounded,
  isFiniteDecimal,
  readDecimal,
  roundToDigits,
} from "./decimals.ts";

/** Every way in which a number stands in a document. */
export type BsonNumber = Int32 | Long | Double | Decimal128 | number | bigint;

/** The BSON types of numbers, narrowest first. */
export type NumberType = "int" | "long" | "double" | "decimal";

const INT32_MIN = -0x80000000n;
const INT32_MAX = 0x7fffffffn;
const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

/** True for a number of any BSON type. */
export function isNumeric(value: unknown): value is BsonNumber {
  return numberType(value) !== null;
}

/** The name of a number's BSON type, as `$type` knows it; `null` for what is no number. */
export function numberType(value: unknown): NumberType | null {
  if (value instanceof Int32) return "int";
  if (value instanceof Double) return "double";
  if (isLong(value) || typeof value === "bigint") return "long";
  if (value instanceof Decimal128) return "decimal";
  if (typeof value !== "number") return null;
  return Number.isInteger(value) ? "int" : "double";
}

/** `Timestamp` extends `Long` in `bson`, but is not a number. */
export function isLong(value: unknown): value is Long {
  return Long.isLong(value) && value._bsontype === "Long";
}

/** The value as a JavaScript number; a long beyond 2^53 and a decimal are rounded. */
export function toNumber(value: BsonNumber): number {
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (value instanceof Decimal128) return Number(value.toString());
  return value instanceof Long ? value.toNumber() : Number(value);
}

/** The value as a whole number, `null` when it has a fraction or is beyond 2^53. */
export function toInteger(value: unknown): number | null {
  const whole = toWhole(value);
  return whole !== null && Number.isSafeInteger(Number(whole)) ? Number(whole) : null;
}

/** The value as an int of 32 bits, `null` when it is none. */
export function toInt32(value: unknown): number | null {
  const whole = toWhole(value);
  return whole !== null && whole >= INT32_MIN && whole <= INT32_MAX ? Number(whole) : null;
}

/** The value as a long of 64 bits, `null` when it is none. */
export function toInt64(value: unknown): bigint | null {
  const whole = toWhole(value);
  return whole !== null && fitsLong(whole) ? whole : null;
}

/** What is left of a number without its fraction, however large; `null` for NaN, infinities and what is no number. */
export function truncated(value: BsonNumber): bigint | null {
  if (value instanceof Decimal128) return truncateDecimal(readDecimal(value));
  if (isLong(value)) return value.toBigInt();
  if (typeof value === "bigint") return value;
  const number = Math.trunc(toNumber(value));
  return Number.isFinite(number) ? BigInt(number) : null;
}

/** True when a whole number fits a long. */
export function fitsLong(value: bigint): boolean {
  return value >= INT64_MIN && value <= INT64_MAX;
}

/** An int where it fits, else a long. The caller knows that a long is enough. */
export function intOrLong(value: bigint): Int32 | Long {
  return value >= INT32_MIN && value <= INT32_MAX ? new Int32(Number(value)) : Long.fromBigInt(value);
}

/** The value as a decimal: all its digits, up to 34. */
export function toDecimal(value: BsonNumber): DecimalValue {
  if (value instanceof Decimal128) return readDecimal(value);
  if (isLong(value)) return { coefficient: value.toBigInt(), exponent: 0 };
  if (typeof value === "bigint") return { coefficient: value, exponent: 0 };
  const exact = exactDecimal(toNumber(value));
  return isFiniteDecimal(exact) ? roundToDigits(exact, 34) : exact;
}

/** Orders two numbers by value, whatever their types. NaN comes before every other number. */
export function compareNumbers(left: BsonNumber, right: BsonNumber): number {
  const a = toNumber(left);
  const b = toNumber(right);
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
  if (a !== b) return a < b ? -1 : 1;
  return isExact(left) && isExact(right) ? 0 : compareDecimals(toDecimal(left), toDecimal(right));
}

/** A double says all about an int and a double, but not about a long or a decimal. */
function isExact(value: BsonNumber): boolean {
  return !(value instanceof Decimal128 || value instanceof Long || typeof value === "bigint");
}

function toWhole(value: unknown): bigint | null {
  if (value instanceof Int32) return BigInt(value.value);
  if (!isNumeric(value)) return null;
  const whole = truncated(value);
  return whole !== null && compareNumbers(value, whole) === 0 ? whole : null;
}

function truncateDecimal(value: DecimalValue): bigint | null {
  if (!isFiniteDecimal(value)) return null;
  const { coefficient, exponent } = value;
  if (exponent >= 0) return coefficient * 10n ** BigInt(exponent);
  return divideRounded(coefficient, 10n ** BigInt(-exponent), "toward-zero");
}

/** A double is a whole number times a power of two: its decimal digits end. */
function exactDecimal(value: number): DecimalValue {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  if (Number.isInteger(value)) return { coefficient: BigInt(value), exponent: 0 };
  let places = 0;
  let scaled = value;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    places += 1;
  }
  return { coefficient: BigInt(scaled) * 5n ** BigInt(places), exponent: -places };
}
