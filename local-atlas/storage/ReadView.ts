import type { Time } from "../oplog/clusterTime.ts";
import type { Access, IndexAccess, ScanCounts } from "./access.ts";
import { arrange } from "./arrange.ts";
import type { Catalog } from "./Catalog.ts";
import { type CollectionInfo, ID_INDEX } from "./collectionInfo.ts";
import type { Documents } from "./Documents.ts";
import type { StoredDocument } from "./StoredDocument.ts";

/** What a command sees: the present, the past, or the inside of a transaction. */
export interface ReadView {
  collection(database: string, name: string): CollectionInfo | null;
  /** The documents that an access reaches, each once, in its order. Counts what it looks at. */
  find(collection: CollectionInfo, access: Access, counts?: ScanCounts): Iterable<StoredDocument>;
}

/** The present. */
export function currentView(catalog: Catalog, documents: Documents): ReadView {
  return {
    collection: (database, name) => catalog.find(database, name),
    find: (collection, access, counts) => findCurrent(documents, collection, access, counts),
  };
}

/** Everything as it was at a time. */
export function viewAt(catalog: Catalog, documents: Documents, time: Time): ReadView {
  return {
    collection: (database, name) => catalog.findAt(database, name, time),
    find: (collection, access, counts) => findAt(documents, collection, access, time, counts),
  };
}

function* findCurrent(
  documents: Documents,
  collection: CollectionInfo,
  access: Access,
  counts?: ScanCounts,
): Iterable<StoredDocument> {
  if (access.by === "scan") {
    for (const stored of documents.all(collection.id, access.direction)) {
      if (counts !== undefined) counts.documents++;
      yield stored;
    }
    return;
  }
  const seen = new Set<number>();
  for (const part of partsOf(access)) {
    for (const stored of throughIndex(documents, collection, part)) {
      if (counts !== undefined) counts.keys++;
      if (seen.has(stored.record)) continue;
      seen.add(stored.record);
      if (counts !== undefined) counts.documents++;
      yield stored;
    }
  }
}

function* throughIndex(
  documents: Documents,
  collection: CollectionInfo,
  access: IndexAccess,
): Iterable<StoredDocument> {
  const ranges = access.direction === 1 ? access.ranges : access.ranges.toReversed();
  for (const range of ranges) {
    yield* documents.inRange(collection.id, access.index, range, access.direction);
  }
}

/** An index knows the present only, so all that changed since is looked through too: it is little. */
function findAt(
  documents: Documents,
  collection: CollectionInfo,
  access: Access,
  time: Time,
  counts?: ScanCounts,
): Iterable<StoredDocument> {
  const present = [...findCurrent(documents, collection, access, counts)];
  const past = pastOf(documents, collection, access, time);
  return arrange(access, [...present.filter((stored) => stored.time <= time), ...past]);
}

function pastOf(
  documents: Documents,
  collection: CollectionInfo,
  access: Access,
  time: Time,
): readonly StoredDocument[] {
  if (access.by !== "index" || access.index.id !== ID_INDEX.id) return documents.pastAll(collection.id, time);
  return access.ranges.flatMap((range) => documents.pastInRange(collection.id, range, time));
}

function partsOf(access: Exclude<Access, { readonly by: "scan" }>): readonly IndexAccess[] {
  return access.by === "union" ? access.parts : [access];
}
