import { ObjectId } from "bson";
import { type BsonDocument, encodeDocument } from "../bson/BsonDocument.ts";
import type { NewVersion } from "../storage/Writer.ts";
import { checkNewDocument } from "./insertCommand.ts";

/** A document that a pipeline made as it is stored: with an `_id`, which comes first. Throws when it may not be stored. */
export function versionOf(document: BsonDocument): NewVersion {
  const { _id: id = new ObjectId(), ...rest } = document;
  const whole = { _id: id, ...rest };
  const bytes = encodeDocument(whole);
  checkNewDocument(whole, bytes);
  return { document: whole, bytes };
}
