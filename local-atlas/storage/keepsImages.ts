import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";

/** True when the options of a collection ask for the documents before and after each change to be kept. */
export function keepsImages(options: BsonDocument): boolean {
  const kept = options["changeStreamPreAndPostImages"];
  return isDocument(kept) && kept["enabled"] === true;
}
