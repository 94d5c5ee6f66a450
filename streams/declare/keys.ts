import type { Ejson } from "../../protocol/changeEvent.ts";
import { isObjectId } from "../../protocol/objectId.ts";
import { wireValue } from "../../protocol/wireJson.ts";

/** What can be the key of a topic, and how the address, the database and an event write it. */
export interface KeyType {
  readonly name: "id" | "text";
  /** The key that an address names; `null` for what can't be one. */
  parse(text: string): string | null;
  /** The key that a document's field holds; `null` for what is none. */
  of(value: Ejson | undefined): string | null;
}

const LONGEST_KEY = 200;

/** An ObjectId. A reference may have been typed by hand, as its hex digits. */
export const objectIdKey: KeyType = {
  name: "id",
  parse(text) {
    const id = text.toLowerCase();
    return isObjectId(id) ? id : null;
  },
  of(value) {
    const id = value === undefined ? null : wireValue(value);
    return typeof id === "string" ? this.parse(id) : null;
  },
};

/** Text, up to 200 characters. */
export const textKey: KeyType = {
  name: "text",
  parse(text) {
    return text.length > 0 && text.length <= LONGEST_KEY ? text : null;
  },
  of(value) {
    return typeof value === "string" ? this.parse(value) : null;
  },
};

/**
 * The identity of a document as JSON text of its plain `_id`: an ObjectId, text or a number. `null` for any other `_id`,
 * and for text that looks like an ObjectId: on the wire it would pass for the document which really has that id.
 */
export function itemIdOf(id: Ejson | undefined): string | null {
  if (id === undefined || id === null) return null;
  if (typeof id === "string") return isObjectId(id.toLowerCase()) ? null : JSON.stringify(id);
  const plain = wireValue(id);
  if (typeof plain === "number") return JSON.stringify(plain);
  const isId = typeof plain === "string" && typeof id === "object" && "$oid" in id;
  return isId ? JSON.stringify(plain) : null;
}
