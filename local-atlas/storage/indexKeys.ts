import type { BsonDocument } from "../bson/BsonDocument.ts";
import { encodeCompoundKey } from "../bson/encodeKey.ts";
import { splitPath, valuesAt } from "../bson/paths.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { IndexInfo } from "./collectionInfo.ts";

/** One entry of an index: the values and the bytes they make. */
export interface IndexKey {
  readonly values: readonly unknown[];
  readonly bytes: Buffer;
}

/**
 * The entries that a document has in an index: one, none where the index leaves it out, or one per element of an
 * array. Throws `CommandError` when two of the paths are arrays.
 */
export function indexKeys(index: IndexInfo, document: BsonDocument): readonly IndexKey[] {
  if (index.partial !== null && !index.partial(document)) return [];
  const columns = index.paths.map((path) => columnValues(document, path));
  if (index.sparse && columns.every((values) => values.every((value) => value === undefined))) return [];
  if (columns.filter((values) => values.length > 1).length > 1) {
    throw new CommandError("CannotCreateIndex", `cannot index parallel arrays of ${index.name}`);
  }
  const unique = new Map(
    combinations(columns).map((values) => {
      const bytes = encodeCompoundKey(values.map((value) => value ?? null));
      return [bytes.toString("latin1"), { values, bytes }] as const;
    }),
  );
  return [...unique.values()];
}

function columnValues(document: BsonDocument, path: string): readonly unknown[] {
  const values = valuesAt(document, splitPath(path)).flatMap((value) =>
    Array.isArray(value) ? value : [value],
  );
  return values.length === 0 ? [undefined] : values;
}

function combinations(columns: readonly (readonly unknown[])[]): readonly (readonly unknown[])[] {
  return columns.reduce<readonly (readonly unknown[])[]>(
    (rows, column) => rows.flatMap((row) => column.map((value) => [...row, value])),
    [[]],
  );
}
