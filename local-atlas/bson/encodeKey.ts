import { Decimal128, Long } from "bson";
import { isDocument } from "./BsonDocument.ts";
import { leafBytes, TYPE_ORDER, typeOrder } from "./compareValues.ts";
import { type BsonNumber, decimalTail, isNumeric, toNumber } from "./numbers.ts";

const END = Buffer.from([0]);
const SIGN_BIT = 0x80;

/**
 * Bytes that are equal when the values are equal and that sort (bytewise) as the values do: what SQLite's keys are
 * made of. Numbers of every type share one form, so that `1`, `1.0` and `NumberLong(1)` are one key.
 */
export function encodeKey(value: unknown): Buffer {
  const order = typeOrder(value);
  return Buffer.concat([Buffer.from([order]), encodeBody(order, value)]);
}

function encodeBody(order: number, value: unknown): Buffer {
  if (isNumeric(value)) return encodeNumber(value);
  if (value instanceof Date) return sortableDouble(value.getTime());
  if (typeof value === "boolean") return Buffer.from([value ? 1 : 0]);
  if (Array.isArray(value)) return Buffer.concat([...value.map(encodeKey), END]);
  if (isDocument(value)) return encodeFields(Object.entries(value));
  if (order === TYPE_ORDER.null || order === TYPE_ORDER.missing) return Buffer.alloc(0);
  return escaped(leafBytes(value));
}

function encodeFields(fields: readonly (readonly [string, unknown])[]): Buffer {
  const parts = fields.map(([name, value]) => {
    const [type, ...body] = encodeKey(value);
    return Buffer.concat([Buffer.from([type ?? 0]), escaped(Buffer.from(name)), Buffer.from(body)]);
  });
  return Buffer.concat([...parts, END]);
}

/** The nearest double, then what a double cannot hold of a long or a decimal. */
function encodeNumber(value: BsonNumber): Buffer {
  return Buffer.concat([sortableDouble(toNumber(value)), escaped(numberTail(value))]);
}

function numberTail(value: BsonNumber): Buffer {
  const rest = value instanceof Long ? value.toBigInt() - BigInt(toNumber(value)) : 0n;
  const tail = Buffer.alloc(2);
  tail.writeUInt16BE(0x80_00 + Number(rest));
  return value instanceof Decimal128 ? Buffer.concat([tail, Buffer.from(decimalTail(value))]) : tail;
}

function sortableDouble(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value === 0 ? 0 : value);
  const negative = (bytes.readUInt8(0) & SIGN_BIT) !== 0;
  if (Number.isNaN(value)) return Buffer.alloc(8);
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes.readUInt8(index);
    const flipped = negative ? byte ^ 0xff : byte;
    bytes.writeUInt8(index === 0 && !negative ? flipped ^ SIGN_BIT : flipped, index);
  }
  return bytes;
}

/** Ends a text of any bytes so that a prefix sorts before what it begins. */
function escaped(bytes: Buffer): Buffer {
  if (!bytes.includes(0)) return Buffer.concat([bytes, END]);
  const parts = [...bytes].flatMap((byte) => (byte === 0 ? [0, 0xff] : [byte]));
  return Buffer.concat([Buffer.from(parts), END]);
}
