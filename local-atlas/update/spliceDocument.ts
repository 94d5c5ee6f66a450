import type { BsonDocument } from "../bson/BsonDocument.ts";
import { encodeElement, readElements } from "../bson/elements.ts";
import { compose } from "../bson/rawBson.ts";
import type { NewVersion } from "../storage/Writer.ts";

/**
 * The bytes of a changed document: fields that are the same value as before (by identity) keep their bytes and their
 * places, even where JavaScript would order or round them otherwise.
 */
export function spliceDocument(before: NewVersion, after: BsonDocument): Uint8Array {
  const names = new Set(Object.keys(after).filter((name) => after[name] !== undefined));
  const elements: Uint8Array[] = [];
  for (const { name, bytes } of readElements(before.bytes)) {
    if (!names.delete(name)) continue;
    const kept = after[name] === before.document[name] && isIdentity(after[name]);
    elements.push(kept ? bytes : encodeElement(name, after[name]));
  }
  for (const name of names) elements.push(encodeElement(name, after[name]));
  return compose(elements);
}

/** Strings and booleans are compared by value, which is as good. */
function isIdentity(value: unknown): boolean {
  return typeof value !== "number";
}
