import { isDocument } from "./BsonDocument.ts";
import { leafBytes, TYPE_ORDER, typeOrder } from "./compareValues.ts";
import { subtractDecimals } from "./decimalArithmetic.ts";
import { countDigits, type FiniteDecimal, isFiniteDecimal, quantize } from "./decimals.ts";
import { type BsonNumber, isLong, isNumeric, numberType, toDecimal, toNumber } from "./numbers.ts";

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
  if (numberType(value) !== "decimal") {
    const rest = isLong(value) ? Number(value.toBigInt() - BigInt(toNumber(value))) : 0;
    return Buffer.concat([sortableDouble(toNumber(value)), escaped(wholeTail(rest))]);
  }
  const exact = toDecimal(value);
  const near = isFiniteDecimal(exact) ? nearestFinite(toNumber(value)) : toNumber(value);
  return Buffer.concat([sortableDouble(near), escaped(decimalTail(value, near))]);
}

/** A decimal can be greater than every double: then what it lies beyond the greatest one tells it apart. */
function nearestFinite(value: number): number {
  return Math.min(Math.max(value, -Number.MAX_VALUE), Number.MAX_VALUE);
}

function wholeTail(rest: number): Buffer {
  const tail = Buffer.alloc(2);
  tail.writeUInt16BE(0x80_00 + rest);
  return tail;
}

const MAX_WHOLE = 0x7f_ff;

/** The whole part of what is missing to the double as a long has it, then the part that a long cannot have. */
function decimalTail(value: BsonNumber, near: number): Buffer {
  const rest = subtractDecimals(toDecimal(value), toDecimal(near));
  if (!isFiniteDecimal(rest) || rest.coefficient === 0n) return wholeTail(0);
  const places = countDigits(rest.coefficient) + rest.exponent;
  const floor = places > 6 ? MAX_WHOLE * Math.sign(Number(rest.coefficient)) : wholeFloor(rest);
  const whole = Math.min(Math.max(floor, -MAX_WHOLE), MAX_WHOLE);
  const fraction = subtractDecimals(rest, { coefficient: BigInt(whole), exponent: 0 });
  return Buffer.concat([wholeTail(whole), isFiniteDecimal(fraction) ? sortableDecimal(fraction) : END]);
}

function wholeFloor(value: FiniteDecimal): number {
  return Number(quantize(value, 0, "down").coefficient);
}

/** Sign, place of the first digit, digits; nothing for zero. Of a negative number every byte is turned. */
function sortableDecimal({ coefficient, exponent }: FiniteDecimal): Buffer {
  if (coefficient === 0n) return Buffer.alloc(0);
  const digits = String(coefficient < 0n ? -coefficient : coefficient);
  const place = Buffer.alloc(2);
  place.writeUInt16BE(0x80_00 + digits.length + exponent);
  const bytes = Buffer.concat([Buffer.from([1]), place, Buffer.from(digits.replace(/0+$/, "")), END]);
  return coefficient < 0n ? Buffer.from(bytes.map((byte, index) => (index === 0 ? 0 : byte ^ 0xff))) : bytes;
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
