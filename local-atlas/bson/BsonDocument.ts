import { DBRef, deserialize, onDemand, serialize } from "bson";
import { documentOf, mayBeReordered } from "./orderedDocument.ts";

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

const DOCUMENT_TYPE = 3;
const ARRAY_TYPE = 4;

/** Reads BSON bytes; throws `BSONError` when they are malformed. */
export function decodeDocument(bytes: Uint8Array): BsonDocument {
  const document: BsonDocument = deserialize(bytes, TYPED);
  return needsRepair(document) ? repairDocument(document, bytes) : document;
}

/** Reads the body of a command; the elements of the arrays named in `raw` stay BSON bytes. */
export function decodeCommand(bytes: Uint8Array, raw: readonly string[]): BsonDocument {
  const body: BsonDocument = deserialize(bytes, {
    ...TYPED,
    fieldsAsRaw: Object.fromEntries(raw.map((name) => [name, true])),
  });
  const suspects = Object.entries(body).filter(([name, value]) => !raw.includes(name) && needsRepair(value));
  return suspects.length === 0 ? body : repairFields(body, bytes, new Set(suspects.map(([name]) => name)));
}

/** Writes a document as BSON bytes. */
export function encodeDocument(document: BsonDocument): Uint8Array {
  return serialize(document, { ignoreUndefined: true });
}

/** True for an embedded document: not for an array, a date or one of BSON's own classes. */
export function isDocument(value: unknown): value is BsonDocument {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** `bson` makes a class of every `{$ref, $id}`, which no query could look into, and loses the order of names like `2`. */
function needsRepair(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(needsRepair);
  if (!isDocument(value)) return value instanceof DBRef;
  if (mayBeReordered(value)) return true;
  for (const name in value) if (needsRepair(value[name])) return true;
  return false;
}

function repairDocument(document: BsonDocument, bytes: Uint8Array): BsonDocument {
  return repairFields(document, bytes, new Set(Object.keys(document)));
}

/** The fields in the order of the bytes, those that are named repaired. */
function repairFields(document: BsonDocument, bytes: Uint8Array, names: ReadonlySet<string>): BsonDocument {
  return documentOf(
    fieldsOf(bytes).map(({ name, type, value }) => [
      name,
      names.has(name) ? repairValue(document[name], type, value) : document[name],
    ]),
  );
}

function repairValue(value: unknown, type: number, bytes: Uint8Array): unknown {
  if (type === DOCUMENT_TYPE) return repairDocument(withoutReference(value), bytes);
  if (type !== ARRAY_TYPE || !Array.isArray(value)) return value;
  const items = fieldsOf(bytes);
  return value.map((item: unknown, index) => {
    const field = items[index];
    return field === undefined ? item : repairValue(item, field.type, field.value);
  });
}

function withoutReference(value: unknown): BsonDocument {
  if (!(value instanceof DBRef)) return isDocument(value) ? value : {};
  const name = value.db === undefined ? {} : { $db: value.db };
  return { $ref: value.collection, $id: value.oid, ...name, ...value.fields };
}

interface Field {
  readonly name: string;
  readonly type: number;
  readonly value: Uint8Array;
}

function fieldsOf(bytes: Uint8Array): readonly Field[] {
  return [...onDemand.parseToElements(bytes)].map(([type, nameOffset, nameLength, offset, length]) => ({
    name: Buffer.from(bytes.subarray(nameOffset, nameOffset + nameLength)).toString("utf8"),
    type,
    value: bytes.subarray(offset, offset + length),
  }));
}
