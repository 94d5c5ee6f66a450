import { type BsonDocument, isDocument } from "./BsonDocument.ts";
import { compareStrings, type StringOrder } from "./compareStrings.ts";
import { compareValues } from "./compareValues.ts";
import { toInteger } from "./numbers.ts";
import { candidatesAt, splitPath, valuesAt } from "./paths.ts";
import { CommandError } from "../errors/CommandError.ts";

/** Compares two documents as a sort specification says. */
export type Comparator = (left: BsonDocument, right: BsonDocument) => number;

/** What of a document decides its place: one value for each field of the specification. */
type SortKey = readonly unknown[];

interface SortField {
  readonly parts: readonly string[];
  readonly direction: 1 | -1;
}

/** Compiles `{week: 1, _id: -1}`; throws `BadValue` for anything else, `$meta` too. */
export function compileSort(sort: BsonDocument, strings: StringOrder = compareStrings): Comparator {
  const fields = Object.entries(sort).map(toSortField);
  return (left, right) => {
    for (const field of fields) {
      const difference = compareValues(
        sortValue(left, field, strings),
        sortValue(right, field, strings),
        strings,
      );
      if (difference !== 0) return difference * field.direction;
    }
    return 0;
  };
}

/** A document with what decides its place, which is made once. */
export interface Keyed {
  readonly document: BsonDocument;
  readonly key: SortKey;
}

/** Sorts stably and leaves the input as it is. */
export function sortDocuments(
  documents: readonly BsonDocument[],
  sort: BsonDocument,
  strings: StringOrder = compareStrings,
): readonly BsonDocument[] {
  const { keyOf, compare } = keyedSort(sort, strings);
  return documents
    .map(keyOf)
    .toSorted(compare)
    .map(({ document }) => document);
}

/** The two parts of sorting many documents: making their keys, and comparing those. */
export function keyedSort(
  sort: BsonDocument,
  strings: StringOrder,
): {
  readonly keyOf: (document: BsonDocument) => Keyed;
  readonly compare: (left: Keyed, right: Keyed) => number;
} {
  const fields = Object.entries(sort).map(toSortField);
  return {
    keyOf: (document) => ({ document, key: fields.map((field) => sortValue(document, field, strings)) }),
    compare: (left, right) => compareKeys(left.key, right.key, fields, strings),
  };
}

function compareKeys(
  left: SortKey,
  right: SortKey,
  fields: readonly SortField[],
  strings: StringOrder,
): number {
  for (const [index, field] of fields.entries()) {
    const difference = compareValues(left[index], right[index], strings);
    if (difference !== 0) return difference * field.direction;
  }
  return 0;
}

function toSortField([path, value]: readonly [string, unknown]): SortField {
  if (isDocument(value)) throw new CommandError("NotImplemented", "sorting by $meta is not supported");
  const direction = toInteger(value);
  if (direction !== 1 && direction !== -1) {
    throw direction === null
      ? new CommandError(15974, `Illegal key in $sort specification: ${path}`)
      : new CommandError(15975, "$sort key ordering must be 1 (for ascending) or -1 (for descending)");
  }
  checkSortPath(path);
  return { parts: splitPath(path), direction };
}

function checkSortPath(path: string): void {
  if (path === "") throw new CommandError(40352, "FieldPath cannot be constructed with empty string");
  if (path.endsWith(".")) throw new CommandError(40353, "FieldPath must not end with a '.'.");
  const parts = splitPath(path);
  if (parts.includes("")) throw new CommandError(15998, "FieldPath field names may not be empty strings.");
  if (parts.some((part) => part.startsWith("$")))
    throw new CommandError(16410, `FieldPath field names may not start with '$': ${path}`);
}

/** An array is sorted by its least element, or by its greatest when descending. Missing counts as null. */
function sortValue(document: BsonDocument, field: SortField, strings: StringOrder): unknown {
  const [only = ""] = field.parts;
  if (field.parts.length === 1) {
    const value = Object.hasOwn(document, only) ? document[only] : undefined;
    if (!Array.isArray(value)) return value ?? null;
  }
  const values = valuesAt(document, field.parts);
  const [first] = values;
  if (values.length === 1 && !Array.isArray(first)) return first ?? null;
  return extremeOf(document, values, field, strings);
}

/** An empty array comes even before null. */
function extremeOf(
  document: BsonDocument,
  values: readonly unknown[],
  field: SortField,
  strings: StringOrder,
): unknown {
  const elements = candidatesAt(document, field.parts).filter(
    (value) => !Array.isArray(value) || isNested(values, value),
  );
  if (elements.length === 0) return values.length === 0 ? null : undefined;
  return elements.reduce((best, value) =>
    compareValues(value ?? null, best ?? null, strings) * field.direction < 0 ? value : best,
  );
}

/** An array that is an element of another one counts as a value. */
function isNested(values: readonly unknown[], value: unknown): boolean {
  return !values.includes(value);
}
