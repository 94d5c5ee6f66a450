import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { compareValues } from "../bson/compareValues.ts";
import { toInteger } from "../bson/numbers.ts";
import { candidatesAt, splitPath, valuesAt } from "../bson/paths.ts";
import { CommandError } from "../errors/CommandError.ts";

/** Compares two documents as a sort specification says. */
export type Comparator = (left: BsonDocument, right: BsonDocument) => number;

interface SortField {
  readonly parts: readonly string[];
  readonly direction: 1 | -1;
}

/** Compiles `{week: 1, _id: -1}`; throws `BadValue` for anything else, `$meta` too. */
export function compileSort(sort: BsonDocument): Comparator {
  const fields = Object.entries(sort).map(toSortField);
  return (left, right) => {
    for (const field of fields) {
      const difference = compareValues(sortKey(left, field), sortKey(right, field));
      if (difference !== 0) return difference * field.direction;
    }
    return 0;
  };
}

/** Sorts stably and leaves the input as it is. */
export function sortDocuments(
  documents: readonly BsonDocument[],
  sort: BsonDocument,
): readonly BsonDocument[] {
  return documents.toSorted(compileSort(sort));
}

function toSortField([path, value]: readonly [string, unknown]): SortField {
  if (isDocument(value)) throw new CommandError("NotImplemented", "sorting by $meta is not supported");
  const direction = toInteger(value);
  if (direction !== 1 && direction !== -1) {
    throw new CommandError("BadValue", "$sort key ordering must be 1 (for ascending) or -1 (for descending)");
  }
  if (path === "" || path.startsWith("$")) {
    throw new CommandError("BadValue", `FieldPath field names may not be empty or start with '$': ${path}`);
  }
  return { parts: splitPath(path), direction };
}

/** An array is sorted by its least element, or by its greatest when descending. Missing counts as null. */
function sortKey(document: BsonDocument, field: SortField): unknown {
  const values = valuesAt(document, field.parts);
  const [first] = values;
  if (values.length === 1 && !Array.isArray(first)) return first ?? null;
  const elements = candidatesAt(document, field.parts).filter((value) => !Array.isArray(value));
  if (elements.length === 0) return values.length === 0 ? null : undefined;
  return elements.reduce((best, value) => (compareValues(value, best) * field.direction < 0 ? value : best));
}
