import type { CollectionInfo } from "../storage/collectionInfo.ts";
import type { Store } from "../storage/Store.ts";
import { logChange, removeCollection } from "./dropCollection.ts";
import { uuidOf } from "./uuidOf.ts";

/**
 * Gives a collection another name, which it takes from the collection that has it. Change streams are told of a rename, and
 * of nothing else. To be used inside `Store.change` only.
 */
export function renameCollection(
  store: Store,
  source: CollectionInfo,
  { database, name }: { readonly database: string; readonly name: string },
): void {
  const target = store.catalog.find(database, name);
  const to = { db: database, coll: name };
  const time = logChange(store, source.database, {
    operation: "rename",
    collection: source.name,
    uuid: uuidOf(source.uuid),
    to,
    details: { to, ...(target === null ? {} : { dropTarget: uuidOf(target.uuid) }) },
  });
  if (target !== null) removeCollection(store, target, time);
  store.catalog.rename(source, database, name, time);
}
