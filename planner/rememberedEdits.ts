import { type Document, ObjectId } from "mongodb";

import type { Edit } from "./Edit.ts";

/** How many edits a document remembers. */
const REMEMBERED = 50;

/** Where a document keeps its edits: a plan tells people of them, the others need only the keys. */
type Place = "activity" | "edits";

/** True when an edit was applied to the document already. */
export function isApplied(document: Document, place: Place, { key }: Edit): boolean {
  const edits: unknown = document[place];
  return key !== null && Array.isArray(edits) && edits.some((edit: Document | null) => edit?.["_id"] === key);
}

/** A filter that holds as long as the edit was not applied. */
export function notApplied(place: Place, { key }: Edit): Document {
  return key === null ? {} : { [`${place}._id`]: { $ne: key } };
}

/** A filter that holds when the edit was applied. */
export function applied(place: Place, { key }: Edit): Document {
  return { [`${place}._id`]: key };
}

/** The update that remembers an edit. */
export function remembering(document: Document, place: Place, edit: Document): Document {
  return appending(document, place, edit, REMEMBERED);
}

/** The update that remembers the key of an edit of which there is nothing else to tell. */
export function rememberingKey(document: Document, { key, at }: Edit): Document {
  return key === null ? {} : remembering(document, "edits", { _id: key, at });
}

/** What a document says of its last edit. */
export function changedBy({ userId, at }: Edit): Document {
  return { updatedAt: at, changedBy: new ObjectId(userId), changedAt: at };
}

/** The update that appends to a list which keeps its newest. What a person has typed in its place is replaced. */
export function appending(document: Document, field: string, item: Document, keep: number): Document {
  const isList = document[field] === undefined || Array.isArray(document[field]);
  return isList ? { $push: { [field]: { $each: [item], $slice: -keep } } } : { $set: { [field]: [item] } };
}

/** Several updates of one document as one. */
export function together(...updates: readonly Document[]): Document {
  const names = new Set(updates.flatMap((update) => Object.keys(update)));
  return Object.fromEntries(
    [...names].map((name) => [name, Object.assign({}, ...updates.map((update) => update[name] as object))]),
  );
}
