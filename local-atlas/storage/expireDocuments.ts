import { splitPath, valuesAt } from "../bson/paths.ts";
import { LockedError } from "../transactions/WriteLocks.ts";
import type { CollectionInfo, IndexInfo } from "./collectionInfo.ts";
import { DirectWriter, type Guard } from "./DirectWriter.ts";
import type { Store } from "./Store.ts";
import type { StoredDocument } from "./StoredDocument.ts";

/** Deletes what an index with `expireAfterSeconds` says is over. What a transaction holds is left for the next time. */
export function expireDocuments(store: Store, guard: Guard): void {
  for (const collection of store.catalog.list()) {
    for (const index of collection.indexes) expireByIndex(store, guard, collection, index);
  }
}

function expireByIndex(store: Store, guard: Guard, collection: CollectionInfo, index: IndexInfo): void {
  const { expireAfterSeconds } = index;
  if (expireAfterSeconds === null) return;
  const limit = store.now() - expireAfterSeconds * 1000;
  const expired = [...store.documents.all(collection.id)].filter((stored) => isExpired(stored, index, limit));
  const writer = new DirectWriter(store, () => ({ time: store.clock.next(), position: 0 }), guard);
  for (const stored of expired) {
    try {
      store.change(() => writer.remove(collection, stored));
    } catch (error) {
      if (!(error instanceof LockedError)) throw error;
    }
  }
}

/** The earliest date of an array counts. */
function isExpired(stored: StoredDocument, index: IndexInfo, limit: number): boolean {
  const path = index.fields[0]?.path;
  if (path === undefined || (index.partial !== null && !index.partial(stored.document))) return false;
  return valuesAt(stored.document, splitPath(path))
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .some((value) => value instanceof Date && value.getTime() <= limit);
}
