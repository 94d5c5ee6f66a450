import { Context } from "mingo/core";
import { $all, $elemMatch, $size } from "mingo/operators/query/array";
import { $eq, $gt, $gte, $in, $lt, $lte, $ne, $nin } from "mingo/operators/query/comparison";
import { $exists } from "mingo/operators/query/element";
import { $and, $nor, $not, $or } from "mingo/operators/query/logical";
import { Query } from "mingo/query";

import type { WireDocument } from "../../protocol/wireJson.ts";
import type { Filter, FilterCondition } from "../../protocol/filter.ts";

/** The operators that mean the same on plain JSON as they do on BSON. No others are known here. */
const OPERATORS = {
  $all,
  $and,
  $elemMatch,
  $eq,
  $exists,
  $gt,
  $gte,
  $in,
  $lt,
  $lte,
  $ne,
  $nin,
  $nor,
  $not,
  $or,
  $size,
};

const LOGICAL: ReadonlySet<string> = new Set(["$and", "$or", "$nor"]);

const context = Context.init({ query: OPERATORS });

/** Answers whether an item matches. */
export type Predicate = (item: WireDocument) => boolean;

/** Makes a filter ready to be asked many times. @throws Error that says what in it can't be evaluated. */
export function compileFilter(filter: Filter): Predicate {
  const wrong = filterFault(filter);
  if (wrong) throw new Error(wrong);
  const query = new Query(filter, { context });
  return (item) => query.test(item);
}

/** What in a filter a hub can't evaluate, in a sentence; `null` when it can evaluate all of it. */
export function filterFault(filter: Filter): string | null {
  return faultOf(filter, "");
}

/** The fields that a filter looks at, dotted. */
export function fieldsOf(filter: Filter): readonly string[] {
  return Object.entries(filter).flatMap(([name, condition]) => {
    if (!LOGICAL.has(name)) return [name];
    return Array.isArray(condition) ? condition.flatMap((part) => fieldsOf(part as Filter)) : [];
  });
}

function faultOf(condition: FilterCondition | undefined, path: string): string | null {
  if (condition === null || ["string", "boolean"].includes(typeof condition)) return null;
  if (typeof condition === "number")
    return Number.isFinite(condition) ? null : `${nameOf(path)} is no finite number`;
  if (Array.isArray(condition)) return firstFault(condition.map((part) => [path, part]));
  if (!isPlainObject(condition)) return `${nameOf(path)} is neither text, a number, true, false nor null`;
  return firstFault(Object.entries(condition).map(([name, part]) => [path ? `${path}.${name}` : name, part]));
}

function firstFault(parts: readonly (readonly [path: string, part: FilterCondition])[]): string | null {
  for (const [path, part] of parts) {
    const name = path.slice(path.lastIndexOf(".$") + 1);
    if (name.startsWith("$") && !Object.hasOwn(OPERATORS, name)) {
      return `a hub can't evaluate ${path}: it knows ${Object.keys(OPERATORS).join(", ")}`;
    }
    const fault = faultOf(part, path);
    if (fault) return fault;
  }
  return null;
}

function nameOf(path: string): string {
  return path || "the filter";
}

function isPlainObject(value: unknown): value is Filter {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
