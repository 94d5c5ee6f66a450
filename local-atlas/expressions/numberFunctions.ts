import { Decimal } from "decimal.js";
import { Double, Int32 } from "bson";
import { asDecimal, wholeOf } from "../bson/arithmetic.ts";
import { calculate } from "../bson/decimalArithmetic.ts";
import {
  compareDecimals,
  type DecimalValue,
  isFiniteDecimal,
  quantize,
  type Rounding,
  writeDecimal,
} from "../bson/decimals.ts";
import {
  type BsonNumber,
  fitsLong,
  isNumeric,
  numberType,
  toDecimal,
  toNumber,
  truncated,
} from "../bson/numbers.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import { operands, type Operator, type OperatorTable, unary } from "./Operator.ts";
import { isNullish } from "../bson/values.ts";

const ZERO: DecimalValue = { coefficient: 0n, exponent: 0 };
const ONE: DecimalValue = { coefficient: 1n, exponent: 0 };

/** The functions of one number, powers and logarithms. */
export const NUMBER_FUNCTIONS: OperatorTable = {
  $abs: numeric(absolute),
  $ceil: numeric((value) => towards(value, Math.ceil, "up")),
  $floor: numeric((value) => towards(value, Math.floor, "down")),
  $exp: numeric((value) => real(value, Math.exp, (decimal) => decimal.exp())),
  $sqrt: numeric(squareRoot),
  $ln: numeric((value) => {
    checkPositive(value, 28766, "$ln's argument must be a positive number");
    return real(value, Math.log, (decimal) => decimal.ln());
  }),
  $log10: numeric((value) => {
    checkPositive(value, 28761, "$log10's argument must be a positive number");
    return real(value, Math.log10, (decimal) => decimal.log(10));
  }),
  $log: operands(2, 2, ([value, base]) => logarithm(value, base)),
  $pow: operands(2, 2, ([base, exponent]) => power(base, exponent)),
};

/** An operator of one number: null for null, an error for anything else. */
export function numeric(calculateNumber: (value: BsonNumber) => unknown): Operator {
  return unary((value, _context, name) => {
    if (isNullish(value)) return null;
    if (isNumeric(value)) return calculateNumber(value);
    throw new CommandError(28765, `${name} only supports numeric types, not ${typeName(value)}`);
  });
}

/** A function of real numbers: a decimal of a decimal, else a double. */
export function real(
  value: BsonNumber,
  ofDouble: (value: number) => number,
  ofDecimal: (value: Decimal) => Decimal,
): unknown {
  if (numberType(value) !== "decimal") return new Double(ofDouble(toNumber(value)));
  return writeDecimal(
    calculate((decimal) => ofDecimal(decimal ?? new Decimal(Number.NaN)), toDecimal(value)),
  );
}

function absolute(value: BsonNumber): unknown {
  const type = numberType(value);
  if (type === "double") return new Double(Math.abs(toNumber(value)));
  if (type === "decimal") {
    const decimal = toDecimal(value);
    if (!isFiniteDecimal(decimal)) return writeDecimal(decimal === "-Infinity" ? "Infinity" : decimal);
    return writeDecimal(
      decimal.coefficient < 0n ? { ...decimal, coefficient: -decimal.coefficient } : decimal,
    );
  }
  const whole = truncated(value) ?? 0n;
  const result = whole < 0n ? -whole : whole;
  if (!fitsLong(result)) throw new CommandError(28680, "can't take $abs of long long min");
  return wholeOf(type ?? "int", result);
}

function towards(value: BsonNumber, ofDouble: (value: number) => number, rounding: Rounding): unknown {
  const type = numberType(value);
  if (type === "double") return new Double(ofDouble(toNumber(value)));
  if (type !== "decimal") return value;
  const decimal = toDecimal(value);
  return isFiniteDecimal(decimal) && decimal.exponent < 0
    ? writeDecimal(quantize(decimal, 0, rounding))
    : value;
}

function squareRoot(value: BsonNumber): unknown {
  if (toNumber(value) < 0)
    throw new CommandError(28714, "$sqrt's argument must be greater than or equal to 0");
  return real(value, Math.sqrt, (decimal) => decimal.sqrt());
}

function checkPositive(value: BsonNumber, code: number, message: string): void {
  const isPositive = compareDecimals(toDecimal(value), ZERO) > 0;
  if (!isPositive && !Number.isNaN(toNumber(value))) {
    throw new CommandError(code, `${message}, but is ${toNumber(value)}`);
  }
}

function logarithm(value: unknown, base: unknown): unknown {
  if (isNullish(value) || isNullish(base)) return null;
  if (!isNumeric(value))
    throw new CommandError(28756, `$log's argument must be numeric, not ${typeName(value)}`);
  if (!isNumeric(base)) throw new CommandError(28757, `$log's base must be numeric, not ${typeName(base)}`);
  checkPositive(value, 28758, "$log's argument must be a positive number");
  checkPositive(base, 28759, "$log's base must be a positive number not equal to 1");
  if (toNumber(base) === 1) {
    throw new CommandError(28759, "$log's base must be a positive number not equal to 1, but is 1");
  }
  if (!isDecimal(value) && !isDecimal(base))
    return new Double(Math.log(toNumber(value)) / Math.log(toNumber(base)));
  return writeDecimal(calculate(divideLogarithms, asDecimal(value), asDecimal(base)));
}

function divideLogarithms(...[value, base]: readonly Decimal[]): Decimal {
  return value === undefined || base === undefined ? new Decimal(Number.NaN) : value.log(base);
}

function isDecimal(value: BsonNumber): boolean {
  return numberType(value) === "decimal";
}

function power(base: unknown, exponent: unknown): unknown {
  if (isNullish(base) || isNullish(exponent)) return null;
  if (!isNumeric(base)) throw new CommandError(28762, `$pow's base must be numeric, not ${typeName(base)}`);
  if (!isNumeric(exponent)) {
    throw new CommandError(28763, `$pow's exponent must be numeric, not ${typeName(exponent)}`);
  }
  if (compareDecimals(toDecimal(base), ZERO) === 0 && toNumber(exponent) < 0) {
    throw new CommandError(28764, "$pow cannot take a base of 0 and a negative exponent");
  }
  if (isDecimal(base) || isDecimal(exponent)) return powerOfDecimals(asDecimal(base), asDecimal(exponent));
  const double = new Double(toNumber(base) ** toNumber(exponent));
  if (base instanceof Double || exponent instanceof Double) return double;
  return wholePower(base, exponent) ?? double;
}

function powerOfDecimals(base: DecimalValue, exponent: DecimalValue): unknown {
  if (compareDecimals(exponent, ZERO) === 0) return writeDecimal(ONE);
  return writeDecimal(
    calculate((left, right) => (left && right ? left.pow(right) : new Decimal(Number.NaN)), base, exponent),
  );
}

/** `null` where the result is no long: it is a double then. */
function wholePower(base: BsonNumber, exponent: BsonNumber): unknown {
  const [left, right] = [truncated(base) ?? 0n, truncated(exponent) ?? 0n];
  const isLong = !(base instanceof Int32 && exponent instanceof Int32);
  if (left === 1n || left === -1n) {
    return wholeOf(isLong ? "long" : "int", left === 1n || right % 2n === 0n ? 1n : -1n);
  }
  if (left !== 0n && (right < 0n || right > 63n)) return null;
  const result = left === 0n ? BigInt(right === 0n) : left ** right;
  return fitsLong(result) ? wholeOf(isLong ? "long" : "int", result) : null;
}
