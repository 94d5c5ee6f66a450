import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";

const REFERENCE_FIELDS = new Set(["$ref", "$id", "$db"]);

/** True for `{$gt: 1}` and its like: a document of operators, not a value to be equal to. */
export function isOperatorDocument(value: unknown): value is BsonDocument {
  if (!isDocument(value)) return false;
  const [first] = Object.keys(value);
  return first !== undefined && first.startsWith("$") && !REFERENCE_FIELDS.has(first);
}
