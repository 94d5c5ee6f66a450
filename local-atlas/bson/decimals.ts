import { Decimal128 } from "bson";

/** A finite decimal: `coefficient * 10 ** exponent`. Trailing zeros count, since `1.10` is not written as `1.1`. */
export interface FiniteDecimal {
  readonly coefficient: bigint;
  readonly exponent: number;
}

/** The value of a `Decimal128`. */
export type DecimalValue = FiniteDecimal | "NaN" | "Infinity" | "-Infinity";

/** Which of two neighbours a decimal is rounded to. */
export type Rounding = "half-even" | "toward-zero" | "up" | "down";

const DIGITS = 34;
const MIN_EXPONENT = -6176;
const MAX_EXPONENT = 6111;
const TEXT = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i;

/** Reads a `Decimal128`. */
export function readDecimal(value: Decimal128): DecimalValue {
  return parseDecimal(value.toString()) ?? "NaN";
}

/** Reads what a person writes: `-1.50e3`, `NaN`, `Infinity`; `null` for anything else. */
export function parseDecimal(text: string): DecimalValue | null {
  if (/^[+-]?nan$/i.test(text)) return "NaN";
  if (/^[+-]?inf(inity)?$/i.test(text)) return text.startsWith("-") ? "-Infinity" : "Infinity";
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = TEXT.exec(text) ?? [];
  if (whole + fraction === "") return null;
  const coefficient = BigInt(whole + fraction);
  return {
    coefficient: sign === "-" ? -coefficient : coefficient,
    exponent: Number(exponent) - fraction.length,
  };
}

/** Makes a `Decimal128`: 34 digits, rounded half to even, `Infinity` beyond its range. */
export function writeDecimal(value: DecimalValue): Decimal128 {
  if (!isFiniteDecimal(value)) return Decimal128.fromString(value);
  const rounded = roundToDigits(value, DIGITS);
  const { coefficient, exponent } = intoRange(rounded);
  if (exponent > MAX_EXPONENT) return Decimal128.fromString(coefficient < 0n ? "-Infinity" : "Infinity");
  return Decimal128.fromString(`${coefficient}E${exponent}`);
}

/** True for a number, false for NaN and the infinities. */
export function isFiniteDecimal(value: DecimalValue): value is FiniteDecimal {
  return typeof value !== "string";
}

/** Rounds to a number of significant digits, half to even. */
export function roundToDigits(value: FiniteDecimal, digits: number): FiniteDecimal {
  const excess = countDigits(value.coefficient) - digits;
  return excess <= 0 ? value : roundToDigits(quantize(value, value.exponent + excess, "half-even"), digits);
}

/** The same number with another exponent: digits are added or rounded away. */
export function quantize(value: FiniteDecimal, exponent: number, rounding: Rounding): FiniteDecimal {
  const shift = value.exponent - exponent;
  if (shift >= 0) return { coefficient: value.coefficient * 10n ** BigInt(shift), exponent };
  // Beyond a decimal's digits nothing but the sign is left: a number of that size is not calculated.
  const lost = Math.min(-shift, countDigits(value.coefficient) + 1);
  return { coefficient: divideRounded(value.coefficient, 10n ** BigInt(lost), rounding), exponent };
}

/** Division of whole numbers, rounded. */
export function divideRounded(dividend: bigint, divisor: bigint, rounding: Rounding): bigint {
  const quotient = dividend / divisor;
  const rest = dividend % divisor;
  if (rest === 0n) return quotient;
  const isNegative = rest < 0n !== divisor < 0n;
  const away = isNegative ? quotient - 1n : quotient + 1n;
  if (rounding === "toward-zero") return quotient;
  if (rounding === "up") return isNegative ? quotient : away;
  if (rounding === "down") return isNegative ? away : quotient;
  const doubled = magnitude(rest) * 2n;
  const half = magnitude(divisor);
  if (doubled === half) return quotient % 2n === 0n ? quotient : away;
  return doubled > half ? away : quotient;
}

/** The number of digits of a coefficient; 1 for zero. */
export function countDigits(coefficient: bigint): number {
  return magnitude(coefficient).toString().length;
}

/** Both with the smaller of the two exponents. */
export function align(left: FiniteDecimal, right: FiniteDecimal): readonly [bigint, bigint, number] {
  const exponent = Math.min(left.exponent, right.exponent);
  return [
    left.coefficient * 10n ** BigInt(left.exponent - exponent),
    right.coefficient * 10n ** BigInt(right.exponent - exponent),
    exponent,
  ];
}

/** Orders two decimals; NaN first, equal to itself. */
export function compareDecimals(left: DecimalValue, right: DecimalValue): number {
  const ranks = rank(left) - rank(right);
  if (ranks !== 0 || !isFiniteDecimal(left) || !isFiniteDecimal(right)) return Math.sign(ranks);
  const signs = Number(left.coefficient > 0n) - Number(left.coefficient < 0n);
  const others = Number(right.coefficient > 0n) - Number(right.coefficient < 0n);
  if (signs !== others) return signs - others;
  const sizes = size(left) - size(right);
  if (sizes !== 0 || signs === 0) return sizes * signs;
  const [a, b] = align(left, right);
  return Number(a > b) - Number(a < b);
}

function rank(value: DecimalValue): number {
  if (isFiniteDecimal(value)) return 2;
  if (value === "NaN") return 0;
  return value === "Infinity" ? 3 : 1;
}

/** The place of the first digit, by which numbers of very different size are told apart without long powers. */
function size({ coefficient, exponent }: FiniteDecimal): number {
  return coefficient === 0n ? 0 : countDigits(coefficient) + exponent;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function intoRange(value: FiniteDecimal): FiniteDecimal {
  if (value.coefficient === 0n) {
    return { coefficient: 0n, exponent: Math.min(Math.max(value.exponent, MIN_EXPONENT), MAX_EXPONENT) };
  }
  if (value.exponent < MIN_EXPONENT) return quantize(value, MIN_EXPONENT, "half-even");
  const room = DIGITS - countDigits(value.coefficient);
  const excess = value.exponent - MAX_EXPONENT;
  return excess > 0 && excess <= room ? quantize(value, MAX_EXPONENT, "half-even") : value;
}
