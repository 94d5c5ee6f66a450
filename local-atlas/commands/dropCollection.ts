import { Binary } from "bson";
import type { Time } from "../oplog/clusterTime.ts";
import type { OplogContent } from "../oplog/OplogEntry.ts";
import type { CollectionInfo } from "../storage/collectionInfo.ts";
import type { Store } from "../storage/Store.ts";

/** Drops a collection and says so in the oplog. To be used inside `Store.change` only. */
export function dropCollection(store: Store, collection: CollectionInfo): void {
  const time = logChange(store, collection.database, {
    operation: "drop",
    collection: collection.name,
    uuid: new Binary(collection.uuid, Binary.SUBTYPE_UUID),
  });
  removeCollection(store, collection, time);
}

/** Removes a collection whose end the oplog tells in another way: by the rename that takes its name. */
export function removeCollection(store: Store, collection: CollectionInfo, time: Time): void {
  for (const index of collection.indexes) store.documents.removeIndex(index);
  store.documents.removeAll(collection.id, time);
  store.catalog.drop(collection, time);
}

/** Writes into the oplog what happened to a collection or a database; gives the time that it has from now on. */
export function logChange(
  store: Store,
  database: string,
  content: Omit<OplogContent, "database" | "wallTime">,
): Time {
  const time = store.clock.next();
  store.oplog.append(time, 0, { ...content, database, wallTime: new Date(store.now()) });
  return time;
}
