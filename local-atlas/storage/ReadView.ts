import type { Time } from "../oplog/clusterTime.ts";
import type { Access } from "./access.ts";
import type { Catalog } from "./Catalog.ts";
import type { CollectionInfo } from "./collectionInfo.ts";
import type { Documents } from "./Documents.ts";
import type { StoredDocument } from "./StoredDocument.ts";

/** What a command sees: the present, the past, or the inside of a transaction. */
export interface ReadView {
  collection(database: string, name: string): CollectionInfo | null;
  /** The documents that an access reaches, in the order of insertion. */
  find(collection: CollectionInfo, access: Access): Iterable<StoredDocument>;
}

/** The present. */
export function currentView(catalog: Catalog, documents: Documents): ReadView {
  return {
    collection: (database, name) => catalog.find(database, name),
    find: (collection, access) => findCurrent(documents, collection, access),
  };
}

/** Everything as it was at a time. */
export function viewAt(catalog: Catalog, documents: Documents, time: Time): ReadView {
  return {
    collection: (database, name) => catalog.findAt(database, name, time),
    find: (collection, access) => findAt(documents, collection, access, time),
  };
}

function findCurrent(
  documents: Documents,
  collection: CollectionInfo,
  access: Access,
): Iterable<StoredDocument> {
  switch (access.by) {
    case "scan":
      return documents.all(collection.id);
    case "id":
      return inOrder(access.keys.flatMap((key) => documents.get(collection.id, key) ?? []));
    case "index":
      return inOrder(access.prefixes.flatMap((prefix) => documents.byIndex(access.index, prefix)));
  }
}

/** An index knows the present only, so all that changed since is looked through too: it is little. */
function findAt(
  documents: Documents,
  collection: CollectionInfo,
  access: Access,
  time: Time,
): Iterable<StoredDocument> {
  const unchanged = [...findCurrent(documents, collection, access)].filter((found) => found.time <= time);
  const changed =
    access.by === "id"
      ? access.keys.flatMap((key) => documents.pastByKey(collection.id, key, time) ?? [])
      : documents.pastAll(collection.id, time);
  return inOrder([...unchanged, ...changed]);
}

function inOrder(found: readonly StoredDocument[]): readonly StoredDocument[] {
  const unique = new Map(found.map((document) => [document.record, document]));
  return [...unique.values()].toSorted((left, right) => left.record - right.record);
}
