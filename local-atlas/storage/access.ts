import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { encodeCompoundKey, encodeKey } from "../bson/encodeKey.ts";
import { BSONRegExp } from "bson";
import { isOperatorDocument } from "../query/queryOperators.ts";
import type { CollectionInfo, IndexInfo } from "./collectionInfo.ts";

/** How to reach the documents that a filter may match: a superset of them, in the order of insertion. */
export type Access =
  | { readonly by: "scan" }
  | { readonly by: "id"; readonly keys: readonly Uint8Array[] }
  | { readonly by: "index"; readonly index: IndexInfo; readonly prefixes: readonly Uint8Array[] };

const MAX_COMBINATIONS = 1000;

/** Chooses the narrowest access: `_id`, else the index with the most leading fields that the filter pins down. */
export function planAccess(collection: CollectionInfo, filter: BsonDocument): Access {
  const pinned = pinnedValues(filter);
  const ids = pinned.get("_id");
  if (ids !== undefined) return { by: "id", keys: uniqueKeys(ids.map(encodeKey)) };
  const [best] = collection.indexes
    .filter((index) => index.partial === null && !index.sparse)
    .map((index) => ({ index, columns: pinnedColumns(index, pinned) }))
    .filter(({ columns }) => columns.length > 0)
    .toSorted((left, right) => right.columns.length - left.columns.length);
  if (best === undefined) return { by: "scan" };
  const prefixes = combine(best.columns);
  if (prefixes.length > MAX_COMBINATIONS) return { by: "scan" };
  return { by: "index", index: best.index, prefixes: uniqueKeys(prefixes.map(encodeCompoundKey)) };
}

/** The paths of which the filter says that they equal one of some values. */
function pinnedValues(filter: BsonDocument): ReadonlyMap<string, readonly unknown[]> {
  const pinned = new Map<string, readonly unknown[]>();
  for (const [path, condition] of Object.entries(filter)) {
    if (path === "$and" && Array.isArray(condition)) {
      for (const branch of condition.filter(isDocument)) {
        for (const [name, values] of pinnedValues(branch)) pinned.set(name, values);
      }
      continue;
    }
    const values = path.startsWith("$") ? null : pinnedBy(condition);
    if (values !== null) pinned.set(path, values);
  }
  return pinned;
}

function pinnedBy(condition: unknown): readonly unknown[] | null {
  const values = isOperatorDocument(condition) ? equalities(condition) : [condition];
  return values !== null && values.every(isIndexable) ? values : null;
}

function equalities(operators: BsonDocument): readonly unknown[] | null {
  if (Object.hasOwn(operators, "$eq")) return [operators["$eq"]];
  const list = operators["$in"];
  return Array.isArray(list) ? list : null;
}

/** An array can equal a whole value, and a pattern equals many: neither is one key of an index. */
function isIndexable(value: unknown): boolean {
  return !Array.isArray(value) && !(value instanceof BSONRegExp) && !(value instanceof RegExp);
}

function pinnedColumns(
  index: IndexInfo,
  pinned: ReadonlyMap<string, readonly unknown[]>,
): readonly (readonly unknown[])[] {
  const columns = index.paths.map((path) => pinned.get(path));
  const end = columns.indexOf(undefined);
  return columns.slice(0, end === -1 ? columns.length : end).flatMap((column) => (column ? [column] : []));
}

function combine(columns: readonly (readonly unknown[])[]): readonly (readonly unknown[])[] {
  return columns.reduce<readonly (readonly unknown[])[]>(
    (rows, column) => rows.flatMap((row) => column.map((value) => [...row, value ?? null])),
    [[]],
  );
}

function uniqueKeys(keys: readonly Buffer[]): readonly Buffer[] {
  return [...new Map(keys.map((key) => [key.toString("latin1"), key])).values()];
}
