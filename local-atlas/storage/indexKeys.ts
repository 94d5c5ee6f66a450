import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { encodeKey } from "../bson/encodeKey.ts";
import { isArrayIndex, splitPath } from "../bson/paths.ts";
import { textKey, textKeys } from "../collation/textKeys.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { IndexField, IndexInfo } from "./collectionInfo.ts";

/** One entry of an index: the values and the bytes they make. */
export interface IndexKey {
  readonly values: readonly unknown[];
  readonly bytes: Buffer;
}

/** What a document is in an index. */
export interface IndexEntries {
  readonly keys: readonly IndexKey[];
  /** Positions of the fields that went through an array. */
  readonly multikey: ReadonlySet<number>;
}

/** A path of the key on its way through a document. */
interface Column {
  readonly value: unknown;
  readonly rest: readonly string[];
  readonly isDone: boolean;
}

/** An empty array has a key of its own, before `null`. */
const EMPTY = Symbol("empty array");
const NO_ENTRIES: IndexEntries = { keys: [], multikey: new Set() };

/**
 * The entries that a document has in an index: one, none where the index leaves it out, or one per element of an
 * array. Throws `CommandError` when two of the paths go through different arrays.
 */
export function indexEntries(index: IndexInfo, document: BsonDocument): IndexEntries {
  if (index.partial !== null && !index.partial(document)) return NO_ENTRIES;
  const multikey = new Set<number>();
  const start = index.fields.map(({ path }) => ({ value: document, rest: splitPath(path), isDone: false }));
  const rows = expand(start, multikey, index.name);
  if (index.sparse && rows.every((row) => row.every((value) => value === undefined))) return NO_ENTRIES;
  const keys = new Map<string, IndexKey>();
  for (const row of rows) {
    const values = row.map(toIndexed);
    for (const folded of foldedRows(values, index.collation)) {
      const bytes = encodeIndexKey(index.fields, folded);
      keys.set(bytes.toString("latin1"), { values, bytes });
    }
  }
  return { keys: [...keys.values()], multikey };
}

/** The bytes of a key, whose order is that of the index: a descending field's are turned around. */
export function encodeIndexKey(fields: readonly IndexField[], values: readonly unknown[]): Buffer {
  return Buffer.concat(
    values.map((value, at) => {
      const bytes = encodeKey(value);
      return fields[at]?.direction === -1 ? inverted(bytes) : bytes;
    }),
  );
}

/** Bytes in the opposite order. Keys of values are never the beginning of one another, so this holds for all. */
export function inverted(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.map((byte) => byte ^ 0xff));
}

/** The bytes of each field of a key, texts by the first of their keys. */
export function columnKeys(
  fields: readonly IndexField[],
  values: readonly unknown[],
  collation: BsonDocument,
): readonly Buffer[] {
  return values.map((value, at) => encodeIndexKey(fields.slice(at, at + 1), [fold(value, collation)]));
}

/** The values as the collation of an index has them: several times, where a text has several keys. */
function foldedRows(
  values: readonly unknown[],
  collation: BsonDocument | null,
): readonly (readonly unknown[])[] {
  if (collation === null) return [values];
  return values.reduce<readonly (readonly unknown[])[]>(
    (rows, value) => {
      const keys = typeof value === "string" ? textKeys(value, collation) : [fold(value, collation)];
      return rows.flatMap((row) => keys.map((key) => [...row, key]));
    },
    [[]],
  );
}

/** What is equal under the collation of the index has one key. */
function fold(value: unknown, collation: BsonDocument): unknown {
  if (typeof value === "string") return textKey(value, collation);
  if (Array.isArray(value)) return value.map((item: unknown) => fold(item, collation));
  if (!isDocument(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fold(inner, collation)]));
}

function toIndexed(value: unknown): unknown {
  if (value === EMPTY) return undefined;
  return value === undefined ? null : value;
}

/** One row of values for each element of the array that paths go through. */
function expand(
  columns: readonly Column[],
  multikey: Set<number>,
  name: string,
): readonly (readonly unknown[])[] {
  const reached = columns.map(advance);
  const arrays = new Set(
    reached.flatMap(({ value, isDone }) => (!isDone && Array.isArray(value) ? [value] : [])),
  );
  const [array] = arrays;
  if (array === undefined) return [reached.map(({ value }) => value)];
  if (arrays.size > 1) {
    throw new CommandError("CannotIndexParallelArrays", `cannot index parallel arrays in index ${name}`);
  }
  for (const [at, { value, isDone }] of reached.entries()) if (!isDone && value === array) multikey.add(at);
  const items: readonly unknown[] = array.length === 0 ? [EMPTY] : array;
  return items.flatMap((item) =>
    expand(
      reached.map((column) => (!column.isDone && column.value === array ? enter(column, item) : column)),
      multikey,
      name,
    ),
  );
}

/** Goes down through documents to an array or to the end of the path. */
function advance(column: Column): Column {
  let { value, rest } = column;
  if (column.isDone) return column;
  while (rest.length > 0) {
    const [part = "", ...others] = rest;
    if (isDocument(value)) value = Object.hasOwn(value, part) ? value[part] : undefined;
    else if (Array.isArray(value) && isPosition(value, part)) value = value[Number(part)];
    else if (Array.isArray(value)) return { value, rest, isDone: false };
    else return { value: undefined, rest: [], isDone: true };
    rest = others;
  }
  return { value, rest, isDone: !Array.isArray(value) };
}

/** A number in a path is a place in the array, unless the array's documents have a field of that name. */
function isPosition(items: readonly unknown[], part: string): boolean {
  if (!isArrayIndex(part) || Number(part) >= items.length) return false;
  return !items.some((item) => isDocument(item) && Object.hasOwn(item, part));
}

/** One element in the place of the array. An array in an array is a value, and not gone through. */
function enter({ rest }: Column, item: unknown): Column {
  if (rest.length === 0) return { value: item, rest, isDone: true };
  return isDocument(item)
    ? { value: item, rest, isDone: false }
    : { value: undefined, rest: [], isDone: true };
}
