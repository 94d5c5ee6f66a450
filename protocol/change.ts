import type { Ejson, EjsonDocument } from "./changeEvent.ts";
import type { Version } from "./version.ts";

/** A change of one document, as an event told it, a write made it or a read found it. */
export interface Change {
  readonly collection: string;
  /** The document's `_id`. */
  readonly key: Ejson;
  readonly version: Version;
  /** When it was made, in milliseconds since 1970 by the database's clock. */
  readonly at: number;
  /** The whole document after the change; `null` when it is gone. */
  readonly document: EjsonDocument | null;
}

/** A change on its way between objects, which take no nesting without end: Extended JSON as text. */
export interface ChangeText extends Omit<Change, "key" | "document"> {
  readonly key: string;
  readonly document: string | null;
}

/** Writes a change as text. */
export function toChangeText({ key, document, ...change }: Change): ChangeText {
  return { ...change, key: JSON.stringify(key), document: document && JSON.stringify(document) };
}

/** Reads a change that was written as text. */
export function parseChangeText({ key, document, ...change }: ChangeText): Change {
  // Our own writing, so it is not checked again.
  return {
    ...change,
    key: JSON.parse(key) as Ejson,
    document: document === null ? null : (JSON.parse(document) as EjsonDocument),
  };
}
