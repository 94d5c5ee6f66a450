import { BSONRegExp } from "bson";
import { isDocument, type BsonDocument } from "../bson/BsonDocument.ts";
import { compareValues, equalValues, typeOrder } from "../bson/compareValues.ts";
import { isNumeric, remainder, toNumber } from "../bson/numbers.ts";
import { candidatesAt, splitPath, valuesAt } from "../bson/paths.ts";
import { CommandError } from "../errors/CommandError.ts";
import { toRegExp } from "./plainValues.ts";
import { hasType, typeNumbers } from "./typeNames.ts";

/** What a document is tested with. */
export type Predicate = (document: BsonDocument) => boolean;

/** A query operator as `mingo` calls it: path and argument first, documents later. */
export type QueryOperator = (path: string, argument: unknown) => Predicate;

/**
 * The operators whose answer depends on BSON's types. `mingo` compares JavaScript values, to which a long is no number
 * and `{a, b}` equals `{b, a}`, so these replace its own.
 */
export const TYPED_OPERATORS: Readonly<Record<string, QueryOperator>> = {
  $eq: (path, argument) => anyOf(path, equalTo(argument)),
  $ne: (path, argument) => noneOf(path, equalTo(argument)),
  $gt: (path, argument) =>
    anyOf(
      path,
      ordered(argument, (order) => order > 0),
    ),
  $gte: (path, argument) =>
    anyOf(
      path,
      ordered(argument, (order) => order >= 0),
    ),
  $lt: (path, argument) =>
    anyOf(
      path,
      ordered(argument, (order) => order < 0),
    ),
  $lte: (path, argument) =>
    anyOf(
      path,
      ordered(argument, (order) => order <= 0),
    ),
  $in: (path, argument) => anyOf(path, oneOf("$in", argument)),
  $nin: (path, argument) => noneOf(path, oneOf("$nin", argument)),
  $exists: (path, argument) => exists(path, isTruthy(argument)),
  $type: (path, argument) => ofType(path, argument),
  $size: (path, argument) => ofSize(path, argument),
  $mod: (path, argument) => modulo(path, argument),
  $regex: (path, argument) => anyOf(path, matches(argument)),
};

/** Tests one value against an equality or a pattern, as the elements of `$in` and `$all` do. */
export function equalTo(argument: unknown): (value: unknown) => boolean {
  if (argument instanceof BSONRegExp || argument instanceof RegExp) return matches(argument);
  if (argument === null) return (value) => value === null || value === undefined;
  return (value) => value !== undefined && equalValues(value, argument);
}

function anyOf(path: string, test: (value: unknown) => boolean): Predicate {
  const parts = splitPath(path);
  return (document) => candidatesAt(document, parts).some(test);
}

function noneOf(path: string, test: (value: unknown) => boolean): Predicate {
  const parts = splitPath(path);
  return (document) => !candidatesAt(document, parts).some(test);
}

/** `$gt` and its like only ever match values of the argument's own type. */
function ordered(argument: unknown, accept: (order: number) => boolean): (value: unknown) => boolean {
  const type = typeOrder(argument);
  const isNaNArgument = isNumeric(argument) && Number.isNaN(toNumber(argument));
  return (value) => {
    if (argument === null) return (value === null || value === undefined) && accept(0);
    if (typeOrder(value) !== type) return false;
    const isNaNValue = isNumeric(value) && Number.isNaN(toNumber(value));
    return isNaNArgument === isNaNValue && accept(compareValues(value, argument));
  };
}

function oneOf(operator: string, argument: unknown): (value: unknown) => boolean {
  if (!Array.isArray(argument)) throw new CommandError("BadValue", `${operator} needs an array`);
  const tests = argument.map(equalTo);
  return (value) => tests.some((test) => test(value));
}

function exists(path: string, wanted: boolean): Predicate {
  const parts = splitPath(path);
  return (document) => valuesAt(document, parts).some((value) => value !== undefined) === wanted;
}

function isTruthy(argument: unknown): boolean {
  if (isNumeric(argument)) return toNumber(argument) !== 0;
  return argument !== false && argument !== null && argument !== undefined;
}

function ofType(path: string, argument: unknown): Predicate {
  const types = typeNumbers(argument);
  return anyOf(path, (value) => hasType(value, types));
}

function ofSize(path: string, argument: unknown): Predicate {
  const size = isNumeric(argument) ? toNumber(argument) : -1;
  if (!Number.isInteger(size) || size < 0) {
    throw new CommandError("BadValue", "Failed to parse $size. Expected a non-negative whole number");
  }
  const parts = splitPath(path);
  return (document) =>
    valuesAt(document, parts).some((value) => Array.isArray(value) && value.length === size);
}

function modulo(path: string, argument: unknown): Predicate {
  const [divisor, rest] = Array.isArray(argument) ? argument.map(wholeNumber) : [];
  if (!Array.isArray(argument) || argument.length !== 2 || divisor === undefined || rest === undefined) {
    throw new CommandError("BadValue", "malformed mod, needs to be an array of two numbers");
  }
  if (divisor === 0) throw new CommandError("BadValue", "divisor cannot be 0");
  return anyOf(path, (value) => isNumeric(value) && remainder(value, divisor) === rest);
}

function wholeNumber(value: unknown): number {
  if (!isNumeric(value)) throw new CommandError("BadValue", "malformed mod, its elements must be numbers");
  return Math.trunc(toNumber(value));
}

function matches(argument: unknown): (value: unknown) => boolean {
  const pattern = argument instanceof BSONRegExp ? toRegExp(argument) : argument;
  if (!(pattern instanceof RegExp)) throw new CommandError("BadValue", "$regex has to be a string");
  return (value) => typeof value === "string" && pattern.test(value);
}

/** True for `{$gt: 1}` and its like: a document of operators, not a value to be equal to. */
export function isOperatorDocument(value: unknown): value is BsonDocument {
  return isDocument(value) && (Object.keys(value)[0]?.startsWith("$") ?? false);
}
