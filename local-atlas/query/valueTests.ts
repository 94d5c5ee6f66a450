import { BSONRegExp, MaxKey, MinKey } from "bson";
import { compareStrings, type StringOrder } from "../bson/compareStrings.ts";
import { compareValues, equalValues, typeOrder } from "../bson/compareValues.ts";
import { encodeKey } from "../bson/encodeKey.ts";
import { isNumeric, toNumber, truncated } from "../bson/numbers.ts";
import { hasType, typeName, typeNumbers } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import { isOperatorDocument } from "./isOperatorDocument.ts";
import { patternTest } from "./patternTest.ts";
import type { ValueTest } from "./Predicate.ts";

/** Equality; null equals a missing field too. */
export function equalTo(argument: unknown, strings: StringOrder): ValueTest {
  if (argument === null) return (value) => value === null || value === undefined;
  return (value) => value !== undefined && equalValues(value, argument, strings);
}

/** Equality, or a match where the argument is a pattern: what `{a: …}` means and the elements of `$in`. */
export function equalOrMatching(argument: unknown, strings: StringOrder): ValueTest {
  return argument instanceof BSONRegExp
    ? patternTest(argument, argument.options)
    : equalTo(argument, strings);
}

/** `$gt` and its like only ever match values of the argument's own type. */
export function ordered(
  argument: unknown,
  accept: (order: number) => boolean,
  strings: StringOrder,
): ValueTest {
  const type = typeOrder(argument);
  const isBound = argument instanceof MinKey || argument instanceof MaxKey;
  const isNaNArgument = isNotANumber(argument);
  return (value) => {
    if (argument === null) return (value === null || value === undefined) && accept(0);
    if (typeOrder(value) !== type) return isBound;
    return isNotANumber(value) === isNaNArgument && accept(compareValues(value, argument, strings));
  };
}

function isNotANumber(value: unknown): boolean {
  return isNumeric(value) && Number.isNaN(toNumber(value));
}

const MANY = 16;

/** `$in`: one of some values or patterns. */
export function oneOf(operator: string, argument: unknown, strings: StringOrder): ValueTest {
  if (!Array.isArray(argument)) throw new CommandError("BadValue", `${operator} needs an array`);
  if (argument.some(isOperatorDocument))
    throw new CommandError("BadValue", `cannot nest $ under ${operator}`);
  const isPlain = strings === compareStrings && !argument.some((item) => item instanceof BSONRegExp);
  if (argument.length > MANY && isPlain) return oneOfMany(argument);
  const tests = argument.map((item: unknown) => equalOrMatching(item, strings));
  return (value) => tests.some((test) => test(value));
}

function oneOfMany(items: readonly unknown[]): ValueTest {
  const keys = new Set(items.map(keyOf));
  return (value) => keys.has(keyOf(value ?? null));
}

function keyOf(value: unknown): string {
  return encodeKey(value).toString("latin1");
}

/** `$type`. */
export function ofType(argument: unknown): ValueTest {
  if (Array.isArray(argument) && argument.length === 0) {
    throw new CommandError("FailedToParse", "$type must match at least one type");
  }
  const types = typeNumbers(argument);
  return (value) => hasType(value, types);
}

/** `$size`. */
export function ofSize(argument: unknown): ValueTest {
  if (!isNumeric(argument)) {
    throw new CommandError(
      "BadValue",
      `Failed to parse $size. Expected a number in: $size: ${typeName(argument)}`,
    );
  }
  const size = toNumber(argument);
  if (!Number.isInteger(size))
    throw new CommandError("BadValue", "Failed to parse $size. Expected an integer");
  if (size < 0) throw new CommandError("BadValue", "Failed to parse $size. Expected a non-negative number");
  return (value) => Array.isArray(value) && value.length === size;
}

/** `$mod`: the remainder of the whole part of a number. */
export function modulo(argument: unknown): ValueTest {
  if (!Array.isArray(argument)) throw new CommandError("BadValue", "malformed mod, needs to be an array");
  if (argument.length < 2) throw new CommandError("BadValue", "malformed mod, not enough elements");
  if (argument.length > 2) throw new CommandError("BadValue", "malformed mod, too many elements");
  const [divisor, rest] = [wholeOperand(argument[0], "divisor"), wholeOperand(argument[1], "remainder")];
  if (divisor === 0n) throw new CommandError("BadValue", "divisor cannot be 0");
  return (value) => {
    const whole = isNumeric(value) ? truncated(value) : null;
    return whole !== null && whole % divisor === rest;
  };
}

function wholeOperand(value: unknown, what: string): bigint {
  if (!isNumeric(value)) throw new CommandError("BadValue", `malformed mod, ${what} not a number`);
  const whole = truncated(value);
  if (whole === null) throw new CommandError("BadValue", `malformed mod, ${what} value is invalid`);
  return whole;
}

/** Whether `$exists` asks for a field that is there. */
export function wantsExistence(argument: unknown): boolean {
  if (isNumeric(argument)) return toNumber(argument) !== 0;
  return argument !== false && argument !== null && argument !== undefined;
}
