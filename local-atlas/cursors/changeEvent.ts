import { EJSON } from "bson";
import type { BsonDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import { toTimestamp } from "../oplog/clusterTime.ts";
import type { OplogEntry } from "../oplog/OplogEntry.ts";
import { formatToken } from "../oplog/resumeToken.ts";

/** Looks a document up as it is now; `null` when it is gone. */
type Lookup = (database: string, collection: string, documentKey: BsonDocument) => BsonDocument | null;

/** Which document an event of an update carries: none, the one as it is now, or the one that the update made. */
type FullDocument = "default" | "updateLookup" | "whenAvailable" | "required";

/** Whether an event carries the document as it was before. */
type BeforeChange = "off" | "whenAvailable" | "required";

/** How the events of a stream are told. */
export interface EventStyle {
  readonly fullDocument: FullDocument;
  readonly beforeChange: BeforeChange;
  /** Events and fields beyond those that every stream has. */
  readonly isExpanded: boolean;
  readonly lookup: Lookup;
}

/** The event that a change stream sends for an entry of the oplog; throws when it lacks a document that must be there. */
export function changeEvent(entry: OplogEntry, style: EventStyle): BsonDocument {
  return {
    _id: { _data: formatToken({ time: entry.time, position: entry.position, kind: "event" }) },
    operationType: entry.operation,
    clusterTime: toTimestamp(entry.time),
    ...(entry.lsid === undefined ? {} : { lsid: entry.lsid, txnNumber: entry.txnNumber }),
    wallTime: entry.wallTime,
    ...documentFields(entry, style),
    ns: namespaceFields(entry),
    ...(entry.to === undefined ? {} : { to: entry.to }),
    ...(entry.documentKey === undefined ? {} : { documentKey: entry.documentKey }),
    ...(entry.description === undefined ? {} : { updateDescription: updateDescription(entry, style) }),
    ...beforeFields(entry, style),
    ...(style.isExpanded ? expandedFields(entry) : {}),
  };
}

function updateDescription(
  { description, disambiguated = {} }: OplogEntry,
  { isExpanded }: EventStyle,
): BsonDocument {
  return isExpanded ? { ...description, disambiguatedPaths: disambiguated } : { ...description };
}

function expandedFields(entry: OplogEntry): BsonDocument {
  const { details, before, uuid } = entry;
  return {
    ...(uuid === undefined ? {} : { collectionUUID: uuid }),
    ...(details === undefined ? {} : { operationDescription: details }),
    ...(entry.operation === "modify" && before !== undefined ? { stateBeforeChange: before } : {}),
  };
}

const WITH_BEFORE: ReadonlySet<string> = new Set(["update", "replace", "delete"]);

function beforeFields(entry: OplogEntry, { beforeChange }: EventStyle): BsonDocument {
  if (beforeChange === "off" || !WITH_BEFORE.has(entry.operation)) return {};
  if (entry.before === undefined && beforeChange === "required") throw imageNotFound("pre-image", entry);
  return { fullDocumentBeforeChange: entry.before ?? null };
}

function imageNotFound(image: string, { operation, documentKey }: OplogEntry): CommandError {
  return new CommandError(
    "NoMatchingDocument",
    `Change stream was configured to require a ${image} for all update, delete and replace events, but the ${image} was not found for event: ${operation} ${EJSON.stringify(documentKey)}`,
  );
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

function documentFields(entry: OplogEntry, { fullDocument, lookup }: EventStyle): BsonDocument {
  if (entry.document !== undefined) return { fullDocument: entry.document };
  if (entry.operation !== "update" || entry.documentKey === undefined || fullDocument === "default")
    return {};
  if (fullDocument === "updateLookup")
    return { fullDocument: lookup(entry.database, entry.collection, entry.documentKey) };
  if (entry.after === undefined && fullDocument === "required") throw imageNotFound("post-image", entry);
  return { fullDocument: entry.after ?? null };
}

function namespaceFields(entry: OplogEntry): BsonDocument {
  return entry.operation === "dropDatabase"
    ? { db: entry.database }
    : { db: entry.database, coll: entry.collection };
}
