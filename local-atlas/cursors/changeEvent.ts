import type { BsonDocument } from "../bson/BsonDocument.ts";
import { toTimestamp } from "../oplog/clusterTime.ts";
import type { OplogEntry } from "../oplog/OplogEntry.ts";
import { formatToken } from "../oplog/resumeToken.ts";

/** Looks a document up as it is now; `null` when it is gone. */
export type Lookup = (database: string, collection: string, documentKey: BsonDocument) => BsonDocument | null;

/** Whether an event of an update carries the document as it is now. */
export type FullDocument = "default" | "updateLookup";

/** The event that a change stream sends for an entry of the oplog. */
export function changeEvent(entry: OplogEntry, fullDocument: FullDocument, lookup: Lookup): BsonDocument {
  return {
    _id: { _data: formatToken({ time: entry.time, position: entry.position, kind: "event" }) },
    operationType: entry.operation,
    clusterTime: toTimestamp(entry.time),
    ...(entry.lsid === undefined ? {} : { lsid: entry.lsid, txnNumber: entry.txnNumber }),
    wallTime: entry.wallTime,
    ...documentFields(entry, fullDocument, lookup),
    ns: namespaceFields(entry),
    ...(entry.to === undefined ? {} : { to: entry.to }),
    ...(entry.documentKey === undefined ? {} : { documentKey: entry.documentKey }),
    ...(entry.description === undefined ? {} : { updateDescription: entry.description }),
  };
}

/** The event that ends a stream, after the event of the drop or rename that caused it. */
export function invalidateEvent(entry: OplogEntry): BsonDocument {
  return {
    _id: { _data: formatToken({ time: entry.time, position: entry.position, kind: "invalidate" }) },
    operationType: "invalidate",
    clusterTime: toTimestamp(entry.time),
    wallTime: entry.wallTime,
  };
}

function documentFields(entry: OplogEntry, fullDocument: FullDocument, lookup: Lookup): BsonDocument {
  if (entry.document !== undefined) return { fullDocument: entry.document };
  if (entry.operation !== "update" || fullDocument !== "updateLookup" || entry.documentKey === undefined)
    return {};
  return { fullDocument: lookup(entry.database, entry.collection, entry.documentKey) };
}

function namespaceFields(entry: OplogEntry): BsonDocument {
  return entry.operation === "dropDatabase"
    ? { db: entry.database }
    : { db: entry.database, coll: entry.collection };
}
