import { ObjectId } from "mongodb";

/** A reference to a document, as the app writes it or as a person may have typed it: an ObjectId or its hex digits. */
export function either(id: string): { readonly $in: readonly [ObjectId, string] } {
  return { $in: [new ObjectId(id), id] };
}
