import { makeDate } from "../dates/makeDate.ts";
import { Decimal128, Double, Int32, Long, ObjectId, Timestamp } from "bson";
import { asDecimal } from "../bson/arithmetic.ts";
import { parseDecimal, writeDecimal } from "../bson/decimals.ts";
import { type BsonNumber, fitsLong, isNumeric, numberType, toNumber, truncated } from "../bson/numbers.ts";
import { typeName } from "../bson/typeNames.ts";
import { formatDate } from "../dates/formatDate.ts";
import { failure, parseDate } from "../dates/parseDate.ts";
import { UTC } from "../dates/zones.ts";
import { isoFormat } from "./dateTexts.ts";
import { numberText } from "./texts.ts";
import { isTruthy } from "../bson/values.ts";

type Conversion = (value: unknown) => unknown;

/** By the name of the type to convert to: throws `ConversionFailure` for what cannot be converted. */
export const CONVERSIONS: Readonly<Record<string, Conversion>> = {
  double: toDouble,
  string: toText,
  objectId: toObjectId,
  bool: toBool,
  date: toDate,
  int: (value) => toWhole(value, "int", (whole) => new Int32(Number(whole))),
  long: (value) => toWhole(value, "long", (whole) => Long.fromBigInt(whole)),
  decimal: toDecimal,
};

function unsupported(value: unknown, target: string): Error {
  return failure(
    `Unsupported conversion from ${typeName(value)} to ${target} in $convert with no onError value`,
  );
}

function toDouble(value: unknown): unknown {
  if (typeof value === "boolean") return new Double(Number(value));
  if (value instanceof Date) return new Double(value.getTime());
  if (typeof value === "string") return new Double(toNumber(writeDecimal(parseText(value))));
  if (!isNumeric(value)) throw unsupported(value, "double");
  const number = toNumber(value);
  const isLost = !Number.isFinite(number) && /\d/.test(String(value));
  if (isLost) throw failure(`Conversion would overflow target type in $convert: ${String(value)}`);
  return new Double(number);
}

function toText(value: unknown): unknown {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  if (isNumeric(value)) return numberText(value);
  if (value instanceof ObjectId) return value.toHexString();
  if (value instanceof Date) return formatDate(value.getTime(), isoFormat(UTC), UTC);
  throw unsupported(value, "string");
}

function toObjectId(value: unknown): unknown {
  if (value instanceof ObjectId) return value;
  if (typeof value !== "string") throw unsupported(value, "objectId");
  if (/^[0-9a-f]{24}$/i.test(value)) return ObjectId.createFromHexString(value);
  throw failure(`Failed to parse objectId '${value}' in $convert with no onError value`);
}

/** Whatever is there is true, but for zero and false. */
function toBool(value: unknown): unknown {
  return isNumeric(value) || typeof value === "boolean" ? isTruthy(value) : true;
}

function toDate(value: unknown): unknown {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (value instanceof Timestamp) return makeDate(value.t * 1000);
  if (typeof value === "string") return makeDate(parseDate(value, UTC));
  if (!isNumeric(value) || value instanceof Int32) throw unsupported(value, "date");
  return makeDate(Number(wholePart(value, "long")));
}

function toWhole(value: unknown, type: "int" | "long", make: (whole: bigint) => unknown): unknown {
  if (typeof value === "boolean") return make(BigInt(value));
  if (typeof value === "string") return make(inLimits(parseWhole(value), type, value));
  if (value instanceof Date && type === "long") return make(BigInt(value.getTime()));
  if (!isNumeric(value)) throw unsupported(value, type);
  return numberType(value) === type ? value : make(wholePart(value, type));
}

function wholePart(value: BsonNumber, type: "int" | "long"): bigint {
  const whole = truncated(value);
  if (whole === null) throw failure("Attempt to convert NaN or infinity value to integer type in $convert");
  return inLimits(whole, type, String(value));
}

function inLimits(whole: bigint, type: "int" | "long", shown: string): bigint {
  const fits = type === "long" ? fitsLong(whole) : BigInt.asIntN(32, whole) === whole;
  if (fits) return whole;
  throw failure(`Conversion would overflow target type in $convert with no onError value: ${shown}`);
}

function parseWhole(text: string): bigint {
  if (/^[+-]?\d+$/.test(text)) return BigInt(text.replace("+", ""));
  throw failure(`Failed to parse number '${text}' in $convert with no onError value`);
}

function parseText(text: string): NonNullable<ReturnType<typeof parseDecimal>> {
  const parsed = parseDecimal(text);
  if (parsed !== null) return parsed;
  throw failure(`Failed to parse number '${text}' in $convert with no onError value`);
}

function toDecimal(value: unknown): unknown {
  if (value instanceof Decimal128) return value;
  if (typeof value === "boolean") return writeDecimal(asDecimal(new Int32(Number(value))));
  if (value instanceof Date) return writeDecimal(asDecimal(Long.fromNumber(value.getTime())));
  if (typeof value === "string") return writeDecimal(parseText(value));
  if (!isNumeric(value)) throw unsupported(value, "decimal");
  return writeDecimal(asDecimal(value));
}
