import { isDocument } from "../bson/BsonDocument.ts";
import { equalValues } from "../bson/compareValues.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { CollectionInfo } from "../storage/collectionInfo.ts";

/** A hint never changes a result, but one that names no index of the collection is an error. */
export function checkHint(collection: CollectionInfo | null, hint: unknown): void {
  if (hint === undefined || collection === null) return;
  if (isDocument(hint) && (Object.hasOwn(hint, "$natural") || Object.keys(hint).length === 0)) return;
  if (hint === "_id_" || (isDocument(hint) && Object.keys(hint).join() === "_id")) return;
  const isKnown = collection.indexes.some(
    (index) => index.name === hint || equalValues(index.spec["key"], hint),
  );
  if (!isKnown) {
    throw new CommandError(
      "BadValue",
      "error processing query: hint provided does not correspond to an existing index",
    );
  }
}
