import { Binary } from "bson";
import { z } from "zod";
import { type BsonDocument, decodeDocument, encodeDocument, isDocument } from "../bson/BsonDocument.ts";
import type { Time } from "./clusterTime.ts";

const document = z.custom<BsonDocument>(isDocument);

const contentSchema = z.object({
  operation: z.enum([
    "insert",
    "update",
    "replace",
    "delete",
    "drop",
    "rename",
    "dropDatabase",
    "create",
    "createIndexes",
    "dropIndexes",
    "modify",
    "noop",
  ]),
  database: z.string(),
  collection: z.string(),
  documentKey: document.optional(),
  /** The new document of an insert or a replacement. */
  document: document.optional(),
  /** The document before and after an update, replacement or delete, where its collection keeps them. */
  before: document.optional(),
  after: document.optional(),
  /** What was made, dropped or modified. */
  details: document.optional(),
  /** `{updatedFields, removedFields, truncatedArrays}` of an update. */
  description: document.optional(),
  /** Its paths whose text is ambiguous, part by part. */
  disambiguated: document.optional(),
  /** The new namespace of a rename. */
  to: document.optional(),
  /** The session of a transaction, and its number there. */
  lsid: document.optional(),
  txnNumber: z.unknown().optional(),
  uuid: z.custom<Binary>((value) => value instanceof Binary).optional(),
  wallTime: z.date(),
});

/** What happened, without when. */
export type OplogContent = z.infer<typeof contentSchema>;

/** One change: its time, its position among the changes of that time, and what it did. */
export interface OplogEntry extends OplogContent {
  readonly time: Time;
  readonly position: number;
  /** Of its content, in bytes. */
  readonly size: number;
}

/** Writes what happened as BSON. */
export function encodeContent(content: OplogContent): Uint8Array {
  return encodeDocument({ ...content });
}

/** Reads a row of the oplog. */
export function toOplogEntry(row: Readonly<Record<string, unknown>>): OplogEntry {
  const { time, position, entry } = row;
  if (typeof time !== "string" || typeof position !== "number" || !(entry instanceof Uint8Array)) {
    throw new Error("a row of the oplog is not of the expected shape");
  }
  return { ...contentSchema.parse(decodeDocument(entry)), time, position, size: entry.length };
}
