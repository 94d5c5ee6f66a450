import { encodeKey } from "../bson/encodeKey.ts";
import { DirectWriter } from "./DirectWriter.ts";
import type { Store } from "./Store.ts";

/** Rises when the bytes of keys change, so that the keys of an older file are made anew. */
const KEY_FORMAT = 4;

/** Makes the keys of a file anew that an older version of this program has written. */
export function rebuildKeys(store: Store): void {
  const read = store.file.prepare("SELECT value FROM meta WHERE name = 'keyFormat'");
  if (read.get()?.["value"] === KEY_FORMAT) return;
  store.change(() => {
    for (const collection of store.catalog.list()) rebuild(store, collection);
    store.file.prepare("INSERT OR REPLACE INTO meta (name, value) VALUES ('keyFormat', ?)").run(KEY_FORMAT);
  });
}

function rebuild(store: Store, collection: ReturnType<Store["catalog"]["list"]>[number]): void {
  const writer = new DirectWriter(store, () => ({ time: store.clock.latest, position: 0 }));
  for (const index of collection.indexes) store.documents.removeIndex(index);
  for (const stored of store.documents.all(collection.id)) {
    const key = encodeKey(stored.document["_id"]);
    if (!key.equals(stored.key)) store.documents.changeKey(stored.record, key);
    for (const index of collection.indexes) {
      // What an older version let in stays in.
      writer.addEntries(collection, { ...index, keepsApart: false }, stored.document, stored.record);
    }
  }
}
