import type { BsonDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import { EJSON } from "bson";
import { type CollectionInfo, type IndexInfo, namespaceOf } from "./collectionInfo.ts";

/** The error of a second document with the same `_id`. */
export function duplicateId(collection: CollectionInfo, id: unknown): CommandError {
  return duplicate(collection, "_id_", { _id: 1 }, { _id: id });
}

/** The error of a second document with the same key in a unique index. */
export function duplicateKey(
  collection: CollectionInfo,
  index: IndexInfo,
  values: readonly unknown[],
): CommandError {
  const keyValue = Object.fromEntries(index.fields.map(({ path }, at) => [path, values[at] ?? null]));
  return duplicate(collection, index.name, index.spec["key"], keyValue);
}

function duplicate(
  collection: CollectionInfo,
  indexName: string,
  keyPattern: unknown,
  keyValue: BsonDocument,
): CommandError {
  const shown = Object.entries(keyValue).map(([path, value]) => `${path}: ${show(value)}`);
  return new CommandError(
    "DuplicateKey",
    `E11000 duplicate key error collection: ${namespaceOf(collection)} index: ${indexName} dup key: { ${shown.join(", ")} }`,
    { details: { keyPattern, keyValue } },
  );
}

function show(value: unknown): string {
  return EJSON.stringify(value, { relaxed: true });
}
