import { BSONRegExp, Decimal128, Double, Int32, ObjectId } from "bson";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { leafBytes } from "../bson/compareValues.ts";
import { fromNumber, isNumeric, toNumber } from "../bson/numbers.ts";

/**
 * `mingo`'s expressions calculate with JavaScript's numbers and know no other BSON type than dates. So they get a
 * plain copy of a document, and what comes out gets its types back: from the value it was made of where that is
 * known, else as the driver would send it.
 */
const originals = new WeakMap<object, unknown>();
const plainCopies = new WeakMap<object, unknown>();

/** Holds a BSON value that has no JavaScript form; `toString` is what `mingo` compares it by. */
class OpaqueValue {
  readonly original: unknown;
  readonly #text: string;

  constructor(original: object) {
    this.original = original;
    this.#text = leafBytes(original).toString("hex");
  }

  toString(): string {
    return this.#text;
  }
}

/** The plain copy of a typed value; the same document always gives the same copy. */
export function toPlain(value: unknown): unknown {
  if (value instanceof Int32 || value instanceof Double || value instanceof Decimal128)
    return toNumber(value);
  if (isNumeric(value)) return toNumber(value);
  if (value instanceof BSONRegExp) return toRegExp(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date || value instanceof ObjectId || value instanceof RegExp) return value;
  const known = plainCopies.get(value);
  if (known !== undefined) return known;
  const copy = copyPlain(value);
  plainCopies.set(value, copy);
  if (typeof copy === "object" && copy !== null) originals.set(copy, value);
  return copy;
}

/** The plain copy of a document: see `toPlain`. */
export function toPlainDocument(document: BsonDocument): BsonDocument {
  const plain = toPlain(document);
  return isDocument(plain) ? plain : {};
}

/** Gives what `mingo` made its BSON types back; `source` is the typed document it was made from, if there is one. */
function toTyped(value: unknown, source?: unknown): unknown {
  if (value instanceof OpaqueValue) return value.original;
  if (typeof value === "number") return typedNumber(value, source);
  if (value instanceof RegExp) return new BSONRegExp(value.source, value.flags.replace(/[^imsux]/g, ""));
  if (typeof value !== "object" || value === null) return value;
  const original = originals.get(value);
  if (original !== undefined && isUntouched(value, original)) return original;
  if (Array.isArray(value)) return value.map((item, index) => toTyped(item, itemOf(source, index)));
  return isDocument(value) ? toTypedDocument(value, source) : value;
}

/** What a plain value was made of, where that can be told without looking into it. */
export function toOriginal(value: unknown): unknown {
  return value instanceof OpaqueValue ? value.original : value;
}

/** `toTyped` of a document. */
export function toTypedDocument(document: BsonDocument, source?: unknown): BsonDocument {
  const names = Object.keys(document).filter((name) => document[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, toTyped(document[name], fieldOf(source, name))]));
}

/** A BSON pattern as JavaScript's, for options that it knows. */
export function toRegExp(value: BSONRegExp): RegExp {
  const [pattern, options] = value.pattern.startsWith("(?i)")
    ? [value.pattern.slice(4), `${value.options}i`]
    : [value.pattern, value.options];
  return new RegExp(pattern, [...new Set(options.replace(/[^imsu]/g, ""))].join(""));
}

function copyPlain(value: object): unknown {
  if (Array.isArray(value)) return value.map(toPlain);
  if (!isDocument(value)) return new OpaqueValue(value);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toPlain(inner)]));
}

/** `mingo` changes some of its inputs in place: such a copy no longer stands for its original. */
function isUntouched(plain: object, original: unknown): boolean {
  if (Array.isArray(plain) && Array.isArray(original)) {
    return (
      plain.length === original.length && plain.every((item, index) => stillEqual(item, original[index]))
    );
  }
  if (!isDocument(plain) || !isDocument(original)) return true;
  const names = Object.keys(plain);
  return (
    names.length === Object.keys(original).length &&
    names.every((name) => Object.hasOwn(original, name) && stillEqual(plain[name], original[name]))
  );
}

function stillEqual(plain: unknown, original: unknown): boolean {
  const expected = toPlain(original);
  if (Object.is(plain, expected))
    return typeof plain !== "object" || plain === null || isUntouchedLeaf(plain, original);
  return plain instanceof Date && original instanceof Date && plain.getTime() === original.getTime();
}

function isUntouchedLeaf(plain: object, original: unknown): boolean {
  return Array.isArray(plain) || isDocument(plain) ? isUntouched(plain, original) : true;
}

function typedNumber(value: number, source: unknown): unknown {
  const unchanged = isNumeric(source) && toNumber(source) === value;
  return unchanged ? source : fromNumber(value);
}

function itemOf(source: unknown, index: number): unknown {
  return Array.isArray(source) ? source[index] : undefined;
}

function fieldOf(source: unknown, name: string): unknown {
  return isDocument(source) && Object.hasOwn(source, name) ? source[name] : undefined;
}
