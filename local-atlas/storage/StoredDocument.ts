import type { BsonDocument } from "../bson/BsonDocument.ts";
import { decodeDocument } from "../bson/BsonDocument.ts";
import type { Time } from "../oplog/clusterTime.ts";

/** A version of a document. */
export interface StoredDocument {
  /** Its place in insertion order. */
  readonly record: number;
  /** The encoded `_id`. */
  readonly key: Uint8Array;
  /** When this version came to be. */
  readonly time: Time;
  /** BSON, as it came from the client wherever nothing changed it. */
  readonly bytes: Uint8Array;
  readonly document: BsonDocument;
}

/** Makes a stored document of a row of `documents` or `history`. */
export function fromRow(row: Readonly<Record<string, unknown>>): StoredDocument {
  const { record, key, time, bytes } = row;
  if (
    typeof record !== "number" ||
    typeof time !== "string" ||
    !(key instanceof Uint8Array) ||
    !(bytes instanceof Uint8Array)
  ) {
    throw new Error("a row of the database file is not of the expected shape");
  }
  return { record, key, time, bytes, document: decodeDocument(bytes) };
}
