import { BSONRegExp, MinKey } from "bson";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { isArrayIndex, splitPath } from "../bson/paths.ts";
import type { Environment } from "../expressions/Environment.ts";
import { compileFilter } from "./compileFilter.ts";
import { isOperatorDocument } from "./isOperatorDocument.ts";
import type { Predicate } from "./Predicate.ts";

/** One condition on one path. */
interface Condition {
  readonly path: string;
  readonly operator: string;
  readonly argument: unknown;
}

/** In this order the server looks at the conditions of a filter. What is not here notes no position. */
const ORDER = [
  "$elemMatch",
  "$size",
  "$eq",
  "$lte",
  "$lt",
  "$gt",
  "$gte",
  "$regex",
  "$mod",
  "$exists",
  "$in",
  "$bitsAllSet",
  "$bitsAllClear",
  "$bitsAnySet",
  "$bitsAnyClear",
  "$type",
];

/** These are about an array as a whole. */
const OF_WHOLE_ARRAYS = new Set(["$size", "$exists"]);

/**
 * The position in an array that `$` means: every condition that a document fulfils by an element of an array notes the
 * element's position, whichever array it is, and the last one counts. `null` where none does. Alternatives (`$or`) and
 * negations note nothing.
 */
export function matchedPosition(
  filter: BsonDocument,
  environment: Environment,
): (document: BsonDocument) => number | null {
  const notes = conditionsIn(filter)
    .filter(({ operator }) => ORDER.includes(operator))
    .toSorted(compareConditions)
    .map((condition) => positionNote(condition, environment));
  return (document) => notes.reduce<number | null>((position, note) => note(document) ?? position, null);
}

function compareConditions(left: Condition, right: Condition): number {
  const rank = ORDER.indexOf(left.operator) - ORDER.indexOf(right.operator);
  if (rank !== 0 || left.path === right.path) return rank;
  return left.path < right.path ? -1 : 1;
}

function conditionsIn(filter: BsonDocument): readonly Condition[] {
  return Object.entries(filter).flatMap(([name, condition]) => {
    if (!name.startsWith("$")) return conditionsOn(name, condition);
    const branches = Array.isArray(condition) ? condition.filter(isDocument) : [];
    const isAll = name === "$and" || (name === "$or" && branches.length === 1);
    return isAll ? branches.flatMap(conditionsIn) : [];
  });
}

function conditionsOn(path: string, condition: unknown): readonly Condition[] {
  if (!isOperatorDocument(condition)) return [equality(path, condition)];
  const { $options: options, ...operators } = condition;
  return Object.entries(operators).flatMap(([operator, argument]) => {
    if (operator === "$all" && Array.isArray(argument))
      return argument.flatMap((item: unknown) => conditionsOn(path, item));
    if (operator === "$exists" && !argument) return [];
    if (operator === "$regex") return [{ path, operator, argument: { $regex: argument, $options: options } }];
    return [{ path, operator, argument }];
  });
}

function equality(path: string, value: unknown): Condition {
  return { path, operator: value instanceof BSONRegExp ? "$regex" : "$eq", argument: value };
}

/** The position of the first element by which a document fulfils a condition. */
function positionNote(
  { path, operator, argument }: Condition,
  environment: Environment,
): (document: BsonDocument) => number | null {
  const test = compileFilter({ [path]: conditionOf(operator, argument) }, environment);
  const parts = splitPath(path);
  return (document) => {
    const found = firstArray(document, parts);
    if (found === null) return null;
    if (found.depth === parts.length && OF_WHOLE_ARRAYS.has(operator)) return null;
    return positionIn(found, parts, test, isAboutArrays(argument) ? [new MinKey()] : []);
  };
}

function conditionOf(operator: string, argument: unknown): unknown {
  if (operator === "$regex") return argument instanceof BSONRegExp ? argument : withoutUndefined(argument);
  return { [operator]: argument };
}

function withoutUndefined(argument: unknown): unknown {
  if (!isDocument(argument) || argument["$options"] !== undefined) return argument;
  return { $regex: argument["$regex"] };
}

interface FoundArray {
  readonly items: readonly unknown[];
  /** So many parts of the path lead to it. */
  readonly depth: number;
}

/** The outermost array on a path. */
export function firstArray(document: BsonDocument, parts: readonly string[]): FoundArray | null {
  let value: unknown = document;
  for (const [depth, part] of parts.entries()) {
    if (!isDocument(value) || !Object.hasOwn(value, part)) return null;
    value = value[part];
    if (Array.isArray(value)) return { items: value, depth: depth + 1 };
  }
  return null;
}

/** An array may be equal to the whole of another one. */
function isAboutArrays(argument: unknown): boolean {
  return Array.isArray(argument);
}

/** Each element is looked at in an array of its own; `filler` keeps that array from being equal to a whole one. */
function positionIn(
  { items, depth }: FoundArray,
  parts: readonly string[],
  test: Predicate,
  filler: readonly unknown[],
): number | null {
  const outer = parts.slice(0, depth);
  const next = parts[depth];
  if (next !== undefined && isArrayIndex(next) && Number(next) < items.length) {
    const alone = items.map((item, index) => (index === Number(next) ? item : null));
    if (test(nest(outer, alone))) return Number(next);
  }
  const position = items.findIndex((item) => test(nest(outer, [item, ...filler])));
  return position === -1 ? null : position;
}

function nest(parts: readonly string[], value: unknown): BsonDocument {
  const [last = "", ...outer] = parts.toReversed();
  return outer.reduce<BsonDocument>((inner, part) => ({ [part]: inner }), { [last]: value });
}
