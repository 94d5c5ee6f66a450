import { Int32, ObjectId } from "bson";
import { isDocument } from "./BsonDocument.ts";
import { compareStrings, type StringOrder } from "./compareStrings.ts";
import { encodeKey } from "./encodeKey.ts";
import { documentOf } from "./orderedDocument.ts";

/** Makes keys that are the same for equal values, as for the groups of `$group`; by an order of strings. */
export function keyMaker(strings: StringOrder): (value: unknown) => string {
  if (strings === compareStrings) return plainKey;
  const representatives = new Map<string, string>();
  return (value) =>
    plainKey(withRepresentatives(value, (text) => representative(text, representatives, strings)));
}

/** The frequent kinds of keys are made without a detour over bytes. */
function plainKey(value: unknown): string {
  if (typeof value === "string") return `s${value}`;
  if (value instanceof Int32) return `n${value.value}`;
  if (value instanceof ObjectId) return `o${value.toHexString()}`;
  const key = encodeKey(value ?? null);
  return isShortInt(value) ? `n${Number(value)}` : `k${key.toString("latin1")}`;
}

/** Doubles and longs that equal an int have its key. */
function isShortInt(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !("_bsontype" in value)) return false;
  if (value._bsontype !== "Double" && value._bsontype !== "Long" && value._bsontype !== "Decimal128")
    return false;
  const number = Number(value);
  return (
    Number.isInteger(number) &&
    Math.abs(number) < 2 ** 31 &&
    encodeKey(value).equals(encodeKey(new Int32(number)))
  );
}

function withRepresentatives(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === "string") return replace(value);
  if (Array.isArray(value)) return value.map((item: unknown) => withRepresentatives(item, replace));
  if (!isDocument(value)) return value;
  return documentOf(
    Object.entries(value).map(([name, inner]) => [name, withRepresentatives(inner, replace)]),
  );
}

/** The first string that came and equals this one. */
function representative(text: string, known: Map<string, string>, strings: StringOrder): string {
  const found = known.get(text);
  if (found !== undefined) return found;
  const equal = [...known.values()].find((other) => strings(other, text) === 0) ?? text;
  known.set(text, equal);
  return equal;
}
