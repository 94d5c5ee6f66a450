import { DBRef, deserialize, serialize } from "bson";

/**
 * A document with its BSON types kept: numbers are `Int32`, `Long`, `Double` or `Decimal128`, not JavaScript
 * numbers, so that what nobody touched is written back as the type it came with.
 */
export type BsonDocument = { [field: string]: unknown };

const TYPED = {
  promoteValues: false,
  promoteLongs: false,
  promoteBuffers: false,
  bsonRegExp: true,
} as const;

/** Reads BSON bytes; throws `BSONError` when they are malformed. */
export function decodeDocument(bytes: Uint8Array): BsonDocument {
  const document: BsonDocument = deserialize(bytes, TYPED);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes("$ref")
    ? restoreReferences(document)
    : document;
}

/** Reads the body of a command; the elements of the arrays named in `raw` stay BSON bytes. */
export function decodeCommand(bytes: Uint8Array, raw: readonly string[]): BsonDocument {
  return deserialize(bytes, {
    ...TYPED,
    fieldsAsRaw: Object.fromEntries(raw.map((name) => [name, true])),
  });
}

/** Writes a document as BSON bytes. */
export function encodeDocument(document: BsonDocument): Uint8Array {
  return serialize(document, { ignoreUndefined: true });
}

/** True for an embedded document: not for an array, a date or one of BSON's own classes. */
export function isDocument(value: unknown): value is BsonDocument {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** `bson` turns every `{$ref, $id}` into its own class, which no query could look into. */
function restoreReferences(value: BsonDocument): BsonDocument {
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, restoreReference(inner)]));
}

function restoreReference(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(restoreReference);
  if (value instanceof DBRef) {
    const name = value.db === undefined ? {} : { $db: value.db };
    return { $ref: value.collection, $id: value.oid, ...name, ...value.fields };
  }
  return isDocument(value) ? restoreReferences(value) : value;
}
