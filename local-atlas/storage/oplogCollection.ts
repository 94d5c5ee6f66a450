import { encodeDocument } from "../bson/BsonDocument.ts";
import type { Oplog } from "../oplog/Oplog.ts";
import type { OplogEntry } from "../oplog/OplogEntry.ts";
import { oplogDocument } from "../oplog/oplogDocument.ts";
import { endOf } from "../oplog/resumeToken.ts";
import type { CollectionInfo } from "./collectionInfo.ts";
import type { ReadView } from "./ReadView.ts";
import type { StoredDocument } from "./StoredDocument.ts";

/** `local.oplog.rs`: a view of the oplog as the tools of the real server read it. */
export const OPLOG_COLLECTION: CollectionInfo = {
  id: Number.MIN_SAFE_INTEGER,
  database: "local",
  name: "oplog.rs",
  uuid: Buffer.alloc(16),
  options: { capped: true, size: Number.MAX_SAFE_INTEGER },
  indexes: [],
};

const ENTRIES_AT_ONCE = 1000;

/** A view that has the oplog as a collection too. */
export function withOplog(view: ReadView, oplog: Oplog): ReadView {
  return {
    collection: (database, name) =>
      database === OPLOG_COLLECTION.database && name === OPLOG_COLLECTION.name
        ? OPLOG_COLLECTION
        : view.collection(database, name),
    find: (collection, access, counts) => {
      if (collection !== OPLOG_COLLECTION) return view.find(collection, access, counts);
      const isBackwards = access.by === "scan" && access.direction === -1;
      return isBackwards ? [...documentsOf(oplog)].toReversed() : documentsOf(oplog);
    },
  };
}

function* documentsOf(oplog: Oplog): Iterable<StoredDocument> {
  let place = endOf(oplog.floor());
  let record = 1;
  let group: OplogEntry[] = [];
  for (;;) {
    const entries = oplog.after(place, ENTRIES_AT_ONCE);
    for (const entry of entries) {
      if (group[0] !== undefined && group[0].time !== entry.time) {
        yield toStored(group, record++);
        group = [];
      }
      group.push(entry);
      place = { time: entry.time, position: entry.position, kind: "event" };
    }
    if (entries.length === 0) break;
  }
  if (group.length > 0) yield toStored(group, record);
}

function toStored(entries: readonly OplogEntry[], record: number): StoredDocument {
  const document = oplogDocument(entries);
  const time = entries[0]?.time ?? "";
  return { record, key: Buffer.from(time, "hex"), time, bytes: encodeDocument(document), document };
}
