import { onDemand } from "bson";
import { type BsonDocument, encodeDocument } from "../bson/BsonDocument.ts";
import { compose, elementsOf } from "../bson/rawBson.ts";
import type { NewVersion } from "../storage/Writer.ts";

/**
 * The bytes of a changed document: fields that are the same value as before (by identity) keep their bytes and their
 * places, even where JavaScript would order or round them otherwise.
 */
export function spliceDocument(before: NewVersion, after: BsonDocument): Uint8Array {
  const names = new Set(Object.keys(after).filter((name) => after[name] !== undefined));
  const elements: Uint8Array[] = [];
  for (const { name, bytes } of elementsWithNames(before.bytes)) {
    if (!names.delete(name)) continue;
    const kept = after[name] === before.document[name] && isIdentity(after[name]);
    elements.push(kept ? bytes : encodeField(name, after[name]));
  }
  for (const name of names) elements.push(encodeField(name, after[name]));
  return compose(elements);
}

/** Strings and booleans are compared by value, which is as good. */
function isIdentity(value: unknown): boolean {
  return typeof value !== "number";
}

function encodeField(name: string, value: unknown): Uint8Array {
  return elementsOf(encodeDocument({ [name]: value }));
}

function elementsWithNames(
  bytes: Uint8Array,
): readonly { readonly name: string; readonly bytes: Uint8Array }[] {
  const parsed = [...onDemand.parseToElements(bytes)];
  return parsed.map(([, nameOffset, nameLength, offset, length]) => ({
    name: Buffer.from(bytes.subarray(nameOffset, nameOffset + nameLength)).toString("utf8"),
    bytes: bytes.subarray(nameOffset - 1, offset + length),
  }));
}
