import { Decimal128, Double, Int32, Long } from "bson";

/** Every way in which a number stands in a document. */
export type BsonNumber = Int32 | Long | Double | Decimal128 | number | bigint;

const INT32_MIN = -0x80000000;
const INT32_MAX = 0x7fffffff;

/** True for a number of any BSON type. */
export function isNumeric(value: unknown): value is BsonNumber {
  return (
    value instanceof Int32 ||
    value instanceof Double ||
    isLong(value) ||
    value instanceof Decimal128 ||
    typeof value === "number" ||
    typeof value === "bigint"
  );
}

/** `Timestamp` extends `Long` in `bson`, but is not a number. */
export function isLong(value: unknown): value is Long {
  return Long.isLong(value) && value._bsontype === "Long";
}

/** The value as a JavaScript number; a long beyond 2^53 and a decimal are rounded. */
export function toNumber(value: BsonNumber): number {
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (value instanceof Decimal128) return Number(value.toString());
  return Number(value instanceof Long ? value.toBigInt() : value);
}

/** The value as a whole number, `null` when it has a fraction or is beyond 2^53. */
export function toInteger(value: unknown): number | null {
  if (!isNumeric(value)) return null;
  const number = toNumber(value);
  return Number.isSafeInteger(number) ? number : null;
}

/** Orders two numbers by value, whatever their types. NaN comes before every other number. */
export function compareNumbers(left: BsonNumber, right: BsonNumber): number {
  const a = toNumber(left);
  const b = toNumber(right);
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
  if (a !== b) return a < b ? -1 : 1;
  return compareExactly(left, right);
}

/** The sum, in the widest of the two types; an int that overflows becomes a long. */
export function add(left: BsonNumber, right: BsonNumber): BsonNumber | null {
  return combine(
    left,
    right,
    (a, b) => a + b,
    (a, b) => a + b,
  );
}

/** The product, in the widest of the two types; an int that overflows becomes a long. */
export function multiply(left: BsonNumber, right: BsonNumber): BsonNumber | null {
  return combine(
    left,
    right,
    (a, b) => a * b,
    (a, b) => a * b,
  );
}

/** The remainder of the whole part, as `$mod` has it: exact for longs, `NaN` for what is not finite. */
export function remainder(value: BsonNumber, divisor: number): number {
  if (isLong(value)) return Number(value.toBigInt() % BigInt(divisor));
  return Math.trunc(toNumber(value)) % divisor;
}

/** A JavaScript number as BSON holds it: an int where it fits, else a long, else a double. */
export function fromNumber(value: number): BsonNumber {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) return new Double(value);
  return value >= INT32_MIN && value <= INT32_MAX ? new Int32(value) : Long.fromNumber(value);
}

function combine(
  left: BsonNumber,
  right: BsonNumber,
  floats: (a: number, b: number) => number,
  integers: (a: bigint, b: bigint) => bigint,
): BsonNumber | null {
  if (left instanceof Decimal128 || right instanceof Decimal128) {
    return Decimal128.fromString(String(floats(toNumber(left), toNumber(right))));
  }
  if (isFloat(left) || isFloat(right)) return new Double(floats(toNumber(left), toNumber(right)));
  const result = integers(toBigInt(left), toBigInt(right));
  const fitsInt = result >= BigInt(INT32_MIN) && result <= BigInt(INT32_MAX);
  if (left instanceof Int32 && right instanceof Int32 && fitsInt) return new Int32(Number(result));
  return BigInt.asIntN(64, result) === result ? Long.fromBigInt(result) : null;
}

function isFloat(value: BsonNumber): boolean {
  return value instanceof Double || (typeof value === "number" && !Number.isInteger(value));
}

function toBigInt(value: BsonNumber): bigint {
  return value instanceof Long ? value.toBigInt() : BigInt(toNumber(value));
}

/** Two numbers that round to the same double: longs beyond 2^53 and decimals can still differ. */
function compareExactly(left: BsonNumber, right: BsonNumber): number {
  if (left instanceof Long || right instanceof Long) {
    const [a, b] = [wholePart(left), wholePart(right)];
    if (a !== null && b !== null && a !== b) return a < b ? -1 : 1;
  }
  if (left instanceof Decimal128 && right instanceof Decimal128) {
    return compareText(decimalTail(left), decimalTail(right));
  }
  return 0;
}

function wholePart(value: BsonNumber): bigint | null {
  if (value instanceof Long) return value.toBigInt();
  const number = toNumber(value);
  return Number.isInteger(number) ? BigInt(number) : null;
}

/** A decimal's digits where a double cannot tell it from its neighbours, else nothing. */
export function decimalTail(value: Decimal128): string {
  const text = value.toString();
  return Number(text).toString() === normalizeDecimal(text) ? "" : normalizeDecimal(text);
}

function normalizeDecimal(text: string): string {
  return text.includes(".") && !/e/i.test(text) ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
