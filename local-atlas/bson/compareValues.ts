import { Binary, BSONRegExp, BSONSymbol, Code, MaxKey, MinKey, ObjectId, Timestamp } from "bson";
import { isDocument, type BsonDocument } from "./BsonDocument.ts";
import { compareStrings, type StringOrder } from "./compareStrings.ts";
import { compareNumbers, isNumeric, numberType } from "./numbers.ts";

/** MongoDB's order of the BSON types, by which values of different types compare. */
export const TYPE_ORDER = {
  minKey: 1,
  missing: 2,
  null: 3,
  number: 4,
  string: 5,
  document: 6,
  array: 7,
  binary: 8,
  objectId: 9,
  boolean: 10,
  date: 11,
  timestamp: 12,
  regex: 13,
  code: 14,
  maxKey: 15,
} as const;

/** The place of a value's type in the order of types. `undefined` stands for a missing field. */
export function typeOrder(value: unknown): number {
  if (value === null) return TYPE_ORDER.null;
  if (isNumeric(value)) return TYPE_ORDER.number;
  switch (typeof value) {
    case "undefined":
      return TYPE_ORDER.missing;
    case "string":
      return TYPE_ORDER.string;
    case "boolean":
      return TYPE_ORDER.boolean;
    default:
      return objectTypeOrder(value);
  }
}

/** Orders any two values as MongoDB's sort does: below, equal or above zero. `strings` is the order of a collation. */
export function compareValues(left: unknown, right: unknown, strings: StringOrder = compareStrings): number {
  if (typeof left === "string" && typeof right === "string") return strings(left, right);
  const order = typeOrder(left);
  const difference = order - typeOrder(right);
  return difference === 0 ? compareSameType(order, left, right, strings) : difference;
}

/** Equality by value: numbers across types, documents with their field order. */
export function equalValues(left: unknown, right: unknown, strings?: StringOrder): boolean {
  return compareValues(left, right, strings) === 0;
}

/** True when both have one type and one value: `Int32(1)` and `Double(1)` are equal, but not the same. */
export function sameValues(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => sameValues(item, right[index]));
  }
  if (isDocument(left) && isDocument(right)) return sameDocuments(left, right);
  if (isNumeric(left) && isNumeric(right)) {
    return numberType(left) === numberType(right) && String(left) === String(right);
  }
  return equalValues(left, right);
}

function sameDocuments(left: BsonDocument, right: BsonDocument): boolean {
  const [a, b] = [Object.entries(left), Object.entries(right)];
  return (
    a.length === b.length &&
    a.every(([name, value], index) => {
      const other = b[index];
      return other !== undefined && other[0] === name && sameValues(value, other[1]);
    })
  );
}

function objectTypeOrder(value: unknown): number {
  if (Array.isArray(value)) return TYPE_ORDER.array;
  if (value instanceof Date) return TYPE_ORDER.date;
  if (value instanceof ObjectId) return TYPE_ORDER.objectId;
  if (value instanceof Binary) return TYPE_ORDER.binary;
  if (value instanceof Timestamp) return TYPE_ORDER.timestamp;
  if (value instanceof BSONRegExp || value instanceof RegExp) return TYPE_ORDER.regex;
  if (value instanceof BSONSymbol) return TYPE_ORDER.string;
  if (value instanceof Code) return TYPE_ORDER.code;
  if (value instanceof MinKey) return TYPE_ORDER.minKey;
  if (value instanceof MaxKey) return TYPE_ORDER.maxKey;
  return TYPE_ORDER.document;
}

function compareSameType(order: number, left: unknown, right: unknown, strings: StringOrder): number {
  if (isNumeric(left) && isNumeric(right)) return compareNumbers(left, right);
  if (Array.isArray(left) && Array.isArray(right)) return compareArrays(left, right, strings);
  if (left instanceof Date && right instanceof Date) return compareNumbers(left.getTime(), right.getTime());
  if (isDocument(left) && isDocument(right)) return compareDocuments(left, right, strings);
  if (typeof left === "boolean" && typeof right === "boolean") return Number(left) - Number(right);
  if (order === TYPE_ORDER.string) return strings(textOf(left), textOf(right));
  return Buffer.compare(leafBytes(left), leafBytes(right));
}

/** A symbol is a string of another type. */
function textOf(value: unknown): string {
  return value instanceof BSONSymbol ? value.value : String(value);
}

function compareArrays(left: readonly unknown[], right: readonly unknown[], strings: StringOrder): number {
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index++) {
    const difference = compareValues(left[index], right[index], strings);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Field by field in their order: first the type, then the name, then the value. */
function compareDocuments(left: BsonDocument, right: BsonDocument, strings: StringOrder): number {
  const [a, b] = [Object.entries(left), Object.entries(right)];
  for (const [index, [name, value]] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const difference =
      typeOrder(value) - typeOrder(other[1]) ||
      compareStrings(name, other[0]) ||
      compareValues(value, other[1], strings);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Bytes whose order is the order of the values, within one type that is neither number, date nor container. */
export function leafBytes(value: unknown): Buffer {
  if (typeof value === "string") return Buffer.from(value);
  if (value instanceof BSONSymbol) return Buffer.from(value.value);
  if (value instanceof ObjectId) return Buffer.from(value.id);
  if (value instanceof Binary) return binaryBytes(value);
  if (value instanceof Timestamp) return Buffer.from(timestampHex(value), "hex");
  if (value instanceof BSONRegExp) return Buffer.from(`${value.pattern}\0${value.options}`);
  if (value instanceof RegExp) return Buffer.from(`${value.source}\0${value.flags}`);
  if (value instanceof Code) return Buffer.from(JSON.stringify(value));
  return Buffer.alloc(0);
}

/** A timestamp as 16 hex digits: seconds, then increment. */
export function timestampHex(value: Timestamp): string {
  return hex8(value.getHighBitsUnsigned()) + hex8(value.getLowBitsUnsigned());
}

/** Shorter binaries come first, then the subtype decides, then the bytes. */
function binaryBytes(value: Binary): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(value.position, 0);
  head.writeUInt8(value.sub_type, 4);
  return Buffer.concat([head, value.buffer.subarray(0, value.position)]);
}

function hex8(value: number): string {
  return value.toString(16).padStart(8, "0");
}
