import {
  Binary,
  BSONRegExp,
  Code,
  DBRef,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from "mongodb";

/** By the name that `$$type` gives a type: whether a value as the driver reads it may be of it. */
const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  double: (value) => typeof value === "number" || value instanceof Double,
  string: (value) => typeof value === "string",
  object: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  array: Array.isArray,
  binData: (value) => value instanceof Binary || value instanceof Uint8Array,
  objectId: (value) => value instanceof ObjectId,
  bool: (value) => typeof value === "boolean",
  date: (value) => value instanceof Date,
  null: (value) => value === null,
  regex: (value) => value instanceof RegExp || value instanceof BSONRegExp,
  dbPointer: (value) => value instanceof DBRef,
  javascript: (value) => value instanceof Code,
  int: (value) => Number.isInteger(value) || value instanceof Int32,
  timestamp: (value) => value instanceof Timestamp,
  long: (value) => Number.isInteger(value) || Long.isLong(value) || typeof value === "bigint",
  decimal: (value) => value instanceof Decimal128,
  minKey: (value) => value instanceof MinKey,
  maxKey: (value) => value instanceof MaxKey,
  number: (value) =>
    typeof value === "number" ||
    typeof value === "bigint" ||
    [Int32, Double, Long, Decimal128].some((type) => value instanceof type),
};

/** True when the value is of the BSON type of that name. The driver reads ints, longs and doubles as one. */
export function hasBsonType(value: unknown, name: string): boolean {
  return TYPES[name]?.(value) ?? false;
}
