import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { compareValues, equalValues } from "../bson/compareValues.ts";
import { toInteger } from "../bson/numbers.ts";
import { MISSING } from "../bson/paths.ts";
import { CommandError } from "../errors/CommandError.ts";
import { compileFilter } from "../query/compileFilter.ts";
import { isOperatorDocument } from "../query/isOperatorDocument.ts";
import { compileSort } from "../bson/sortDocuments.ts";
import { typeName } from "../bson/typeNames.ts";
import type { OperatorTable } from "./UpdateOperator.ts";

/** The operators on an array. */
export const ARRAY_OPERATORS: OperatorTable = {
  $push: { creates: true, apply: push },
  $addToSet: { creates: true, apply: addToSet },
  $pull: { creates: false, apply: pull },
  $pullAll: { creates: false, apply: pullAll },
  $pop: { creates: false, apply: pop },
};

const PUSH_MODIFIERS = new Set(["$each", "$position", "$slice", "$sort"]);

/** The values that a `$push` or `$addToSet` adds. */
function addedValues(operator: string, argument: unknown): readonly unknown[] {
  if (!isDocument(argument) || !Object.hasOwn(argument, "$each")) return [argument];
  const each = argument["$each"];
  if (Array.isArray(each)) return each;
  throw new CommandError(
    operator === "$push" ? "BadValue" : "TypeMismatch",
    `The argument to $each in ${operator} must be an array but it was of type: ${typeName(each)}`,
  );
}

function push(current: unknown, argument: unknown): unknown {
  const items = arrayFor("$push", current);
  const added = addedValues("$push", argument);
  if (!isDocument(argument) || !Object.hasOwn(argument, "$each")) return [...items, ...added];
  const unknown = Object.keys(argument).find((name) => !PUSH_MODIFIERS.has(name));
  if (unknown !== undefined) throw new CommandError("BadValue", `Unrecognized clause in $push: ${unknown}`);
  const position = modifier(argument, "$position") ?? items.length;
  const sorted = sortItems(items.toSpliced(position, 0, ...added), argument["$sort"]);
  const size = modifier(argument, "$slice");
  if (added.length === 0 && sorted.every((item, at) => item === items[at]) && size === null)
    return current ?? [];
  return size === null ? sorted : sliceItems(sorted, size);
}

function modifier(argument: BsonDocument, name: string): number | null {
  if (!Object.hasOwn(argument, name)) return null;
  const value = toInteger(argument[name]);
  if (value === null) throw new CommandError("BadValue", `The value for ${name} must be an integer value`);
  return value;
}

function sliceItems(items: readonly unknown[], size: number): readonly unknown[] {
  return size < 0 ? items.slice(size) : items.slice(0, size);
}

function sortItems(items: readonly unknown[], sort: unknown): readonly unknown[] {
  if (sort === undefined) return items;
  if (isDocument(sort)) {
    const compare = compileSort(sort);
    return items.toSorted((left, right) => compare(asDocument(left), asDocument(right)));
  }
  const direction = toInteger(sort);
  if (direction !== 1 && direction !== -1)
    throw new CommandError("BadValue", "The $sort element value must be either 1 or -1");
  return items.toSorted((left, right) => compareValues(left, right) * direction);
}

function asDocument(value: unknown): BsonDocument {
  return isDocument(value) ? value : {};
}

function addToSet(current: unknown, argument: unknown): unknown {
  const items = arrayFor("$addToSet", current);
  const result = [...items];
  for (const value of addedValues("$addToSet", argument)) {
    if (!result.some((item) => equalValues(item, value))) result.push(value);
  }
  return result.length === items.length && current !== MISSING ? current : result;
}

function pull(current: unknown, condition: unknown): unknown {
  const test = pullTest(condition);
  return keepOnly("$pull", current, (item) => !test(item));
}

/** A condition with operators is on the element itself, a plain document on the element's fields. */
function pullTest(condition: unknown): (item: unknown) => boolean {
  if (isDocument(condition) && !isOperatorDocument(condition)) {
    const test = compileFilter(condition);
    return (item) => isDocument(item) && test(item);
  }
  if (Array.isArray(condition)) return (item) => equalValues(item, condition);
  const test = compileFilter({ item: condition });
  return (item) => test({ item });
}

function pullAll(current: unknown, values: unknown): unknown {
  if (!Array.isArray(values)) {
    throw new CommandError(
      "BadValue",
      `$pullAll requires an array argument but was given a ${typeName(values)}`,
    );
  }
  return keepOnly("$pullAll", current, (item) => !values.some((value) => equalValues(item, value)));
}

function keepOnly(operator: string, current: unknown, keep: (item: unknown) => boolean): unknown {
  if (current === MISSING) return MISSING;
  const items = arrayFor(operator, current);
  const kept = items.filter(keep);
  return kept.length === items.length ? current : kept;
}

function pop(current: unknown, argument: unknown): unknown {
  const end = toInteger(argument);
  if (end !== 1 && end !== -1) throw new CommandError("FailedToParse", "$pop expects 1 or -1");
  if (current === MISSING) return MISSING;
  const items = arrayFor("$pop", current);
  if (items.length === 0) return current;
  return end === 1 ? items.slice(0, -1) : items.slice(1);
}

function arrayFor(operator: string, current: unknown): readonly unknown[] {
  if (current === MISSING) return [];
  if (Array.isArray(current)) return current;
  throw new CommandError(
    operator === "$pop" ? "TypeMismatch" : "BadValue",
    `The field must be an array for ${operator} but is of type ${typeName(current)}`,
  );
}
