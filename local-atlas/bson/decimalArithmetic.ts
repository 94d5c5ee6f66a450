import { Decimal } from "decimal.js";
import {
  align,
  countDigits,
  type DecimalValue,
  divideRounded,
  type FiniteDecimal,
  isFiniteDecimal,
  parseDecimal,
  roundToDigits,
} from "./decimals.ts";

const DIGITS = 34;

/** More digits than a decimal has, so that the last one is rounded once only. */
const Precise = Decimal.clone({ precision: DIGITS + 6, minE: -9e15, maxE: 9e15, toExpNeg: -1, toExpPos: 1 });

/** The sum, with the exponent of the one that has more places. */
export function addDecimals(left: DecimalValue, right: DecimalValue): DecimalValue {
  if (!isFiniteDecimal(left) || !isFiniteDecimal(right)) return fromSpecial(special(left) + special(right));
  const [a, b, exponent] = align(left, right);
  return { coefficient: a + b, exponent };
}

/** The difference. */
export function subtractDecimals(left: DecimalValue, right: DecimalValue): DecimalValue {
  return addDecimals(left, negate(right));
}

/** The product. */
export function multiplyDecimals(left: DecimalValue, right: DecimalValue): DecimalValue {
  if (!isFiniteDecimal(left) || !isFiniteDecimal(right)) return fromSpecial(special(left) * special(right));
  return { coefficient: left.coefficient * right.coefficient, exponent: left.exponent + right.exponent };
}

/** The quotient: exact where it can be, with an exponent as near as possible to that of the two. */
export function divideDecimals(left: DecimalValue, right: DecimalValue): DecimalValue {
  if (!isFiniteDecimal(left) || !isFiniteDecimal(right)) return fromSpecial(special(left) / special(right));
  if (right.coefficient === 0n) return fromSpecial(special(left) / 0);
  const ideal = left.exponent - right.exponent;
  const scale = Math.max(0, DIGITS + 3 + countDigits(right.coefficient) - countDigits(left.coefficient));
  const scaled = left.coefficient * 10n ** BigInt(scale);
  const quotient = divideRounded(scaled, right.coefficient, "toward-zero");
  const isExact = scaled % right.coefficient === 0n;
  // A one behind a quotient that goes on keeps it from being taken for exactly a half.
  const sticky = isExact ? quotient : quotient * 10n + (quotient < 0n ? -1n : 1n);
  const result = { coefficient: sticky, exponent: ideal - scale - (isExact ? 0 : 1) };
  return isExact ? shorten(result, ideal) : result;
}

/** The remainder, with the sign of the dividend. */
export function remainderOfDecimals(left: DecimalValue, right: DecimalValue): DecimalValue {
  if (!isFiniteDecimal(right)) return isFiniteDecimal(left) && right !== "NaN" ? left : "NaN";
  if (!isFiniteDecimal(left) || right.coefficient === 0n) return "NaN";
  const [a, b, exponent] = align(left, right);
  return { coefficient: a % b, exponent };
}

/** The value with its sign turned. */
function negate(value: DecimalValue): DecimalValue {
  if (isFiniteDecimal(value)) return { coefficient: -value.coefficient, exponent: value.exponent };
  if (value === "NaN") return value;
  return value === "Infinity" ? "-Infinity" : "Infinity";
}

/** The angle of a point, as `Math.atan2` has it. */
export function angleOfDecimals(y: DecimalValue, x: DecimalValue): DecimalValue {
  return calculate((a, b) => Precise.atan2(a ?? Number.NaN, b ?? Number.NaN), y, x);
}

/** A function of numbers (roots, logarithms, sines) as `decimal.js` has it, to 34 digits. */
export function calculate(
  operation: (...values: readonly Decimal[]) => Decimal,
  ...values: readonly DecimalValue[]
): DecimalValue {
  const result = operation(...values.map(toPrecise)).toString();
  const parsed = parseDecimal(result) ?? "NaN";
  return isFiniteDecimal(parsed) ? roundToDigits(parsed, DIGITS) : parsed;
}

function toPrecise(value: DecimalValue): Decimal {
  return new Precise(isFiniteDecimal(value) ? `${value.coefficient}e${value.exponent}` : value);
}

/** Removes zeros at the end as long as that brings the exponent nearer to the ideal one. */
function shorten(value: FiniteDecimal, ideal: number): FiniteDecimal {
  let { coefficient, exponent } = value;
  while (exponent < ideal && coefficient % 10n === 0n && coefficient !== 0n) {
    coefficient /= 10n;
    exponent += 1;
  }
  return coefficient === 0n ? { coefficient, exponent: ideal } : { coefficient, exponent };
}

function special(value: DecimalValue): number {
  return isFiniteDecimal(value)
    ? Number(value.coefficient > 0n) - Number(value.coefficient < 0n)
    : Number(value);
}

function fromSpecial(value: number): DecimalValue {
  if (Number.isNaN(value)) return "NaN";
  if (value === Infinity) return "Infinity";
  return value === -Infinity ? "-Infinity" : { coefficient: 0n, exponent: 0 };
}
