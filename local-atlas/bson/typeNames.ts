import { Binary, BSONRegExp, BSONSymbol, Code, MaxKey, MinKey, ObjectId, Timestamp } from "bson";
import { isDocument } from "./BsonDocument.ts";
import { isNumeric, numberType, toNumber } from "./numbers.ts";
import { CommandError } from "../errors/CommandError.ts";

const NUMBERS: Readonly<Record<string, readonly number[]>> = {
  double: [1],
  string: [2],
  object: [3],
  array: [4],
  binData: [5],
  undefined: [6],
  objectId: [7],
  bool: [8],
  date: [9],
  null: [10],
  regex: [11],
  javascript: [13],
  symbol: [14],
  int: [16],
  timestamp: [17],
  long: [18],
  decimal: [19],
  minKey: [-1],
  maxKey: [127],
  number: [1, 16, 18, 19],
};

const KNOWN_NUMBERS = new Set(Object.values(NUMBERS).flat());

/** The BSON type numbers that `$type`'s argument names: a number, a name, or an array of them. */
export function typeNumbers(argument: unknown): ReadonlySet<number> {
  const names = Array.isArray(argument) ? argument : [argument];
  return new Set(names.flatMap(numbersOf));
}

/** True when the value has one of the types. */
export function hasType(value: unknown, types: ReadonlySet<number>): boolean {
  return value !== undefined && types.has(typeNumber(value));
}

/** The name of the BSON type that a number stands for; `null` when there is none. */
export function typeOfNumber(number: number): string | null {
  const found = Object.entries(NUMBERS).find(
    ([name, numbers]) => name !== "number" && numbers.includes(number),
  );
  return found?.[0] ?? null;
}

/** True for the name of a BSON type. */
export function isTypeName(name: string): boolean {
  return Object.hasOwn(NUMBERS, name) && name !== "number";
}

function numbersOf(name: unknown): readonly number[] {
  if (typeof name === "string") {
    const numbers = NUMBERS[name];
    if (numbers === undefined) throw new CommandError("BadValue", `Unknown type name alias: ${name}`);
    return numbers;
  }
  const number = isNumeric(name) ? toNumber(name) : Number.NaN;
  if (!KNOWN_NUMBERS.has(number))
    throw new CommandError("BadValue", `Invalid numerical type code: ${String(name)}`);
  return [number];
}

function typeNumber(value: unknown): number {
  return namedType(NUMBERS[typeName(value)]);
}

function namedType(numbers: readonly number[] | undefined): number {
  return numbers?.[0] ?? 0;
}

/** The name of a value's BSON type. */
export function typeName(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "string") return "string";
  if (typeof value === "boolean") return "bool";
  return numberType(value) ?? objectTypeName(value);
}

function objectTypeName(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (isDocument(value)) return "object";
  if (value instanceof ObjectId) return "objectId";
  if (value instanceof Date) return "date";
  if (value instanceof Binary) return "binData";
  if (value instanceof Timestamp) return "timestamp";
  if (value instanceof BSONRegExp || value instanceof RegExp) return "regex";
  if (value instanceof BSONSymbol) return "symbol";
  if (value instanceof Code) return "javascript";
  if (value instanceof MinKey) return "minKey";
  return value instanceof MaxKey ? "maxKey" : "missing";
}
