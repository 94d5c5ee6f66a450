import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import { logProblem } from "../logProblem.ts";
import { compileFilter } from "../query/compileFilter.ts";
import type { Predicate } from "../query/Predicate.ts";
import { type CollectionInfo, namespaceOf } from "../storage/collectionInfo.ts";
import { describeFailure } from "./describeFailure.ts";

const compiled = new WeakMap<BsonDocument, Predicate>();

/**
 * Throws `DocumentValidationFailure` when a new version of a document is not what the validator of its collection asks
 * for. `before` is the version that it replaces, `null` for a new document.
 */
export function validateDocument(
  collection: CollectionInfo,
  document: BsonDocument,
  before: BsonDocument | null,
): void {
  const { validator, validationLevel: level, validationAction: action } = collection.options;
  if (!isDocument(validator) || Object.keys(validator).length === 0 || level === "off") return;
  const isValid = compiled.get(validator) ?? compileFilter(validator);
  compiled.set(validator, isValid);
  if (isValid(document)) return;
  // Of what was there before the validator, nothing is asked.
  if (level === "moderate" && before !== null && !isValid(before)) return;
  if (action === "warn")
    return logProblem("warn", "a document failed validation", { namespace: namespaceOf(collection) });
  throw new CommandError("DocumentValidationFailure", "Document failed validation", {
    details: {
      errInfo: { failingDocumentId: document["_id"], details: describeFailure(validator, document) },
    },
  });
}
