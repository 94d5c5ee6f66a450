import { type BsonDocument, encodeDocument, isDocument } from "../bson/BsonDocument.ts";
import { compareValues } from "../bson/compareValues.ts";
import { CommandError } from "../errors/CommandError.ts";
import { checkStoredNesting } from "../errors/checkNesting.ts";
import { documentOf } from "../bson/orderedDocument.ts";
import { noOtherCollection } from "../stages/compilePipeline.ts";
import { runStages } from "../stages/runStages.ts";
import { MAX_BSON_SIZE } from "../wire/limits.ts";
import type { NewVersion, UpdateKind } from "../storage/Writer.ts";
import { applyOperators } from "./applyOperators.ts";
import { describeDifference } from "./describeDifference.ts";
import type { PathContext } from "./expandPath.ts";
import { type ParsedOperators, parseOperators } from "./parseOperators.ts";
import { spliceDocument } from "./spliceDocument.ts";
import type { OperatorContext } from "./UpdateOperator.ts";

/** An update as a command holds it: operators, a pipeline, or a whole new document. */
export type Update =
  | { readonly kind: "operators"; readonly operators: ParsedOperators }
  | { readonly kind: "pipeline"; readonly stages: readonly BsonDocument[] }
  | { readonly kind: "replacement"; readonly document: BsonDocument };

/** A new version and how a change stream tells of it. */
export interface UpdateResult extends NewVersion {
  readonly change: UpdateKind;
}

const PIPELINE_STAGES = new Set(["$addFields", "$set", "$project", "$unset", "$replaceRoot", "$replaceWith"]);
const ORDERLY_STAGES = new Set(["$addFields", "$set", "$unset"]);

/** Reads the `u` of an update; throws `FailedToParse` for a mixture. */
export function parseUpdate(update: unknown): Update {
  if (Array.isArray(update)) return { kind: "pipeline", stages: update.map(toStage) };
  if (!isDocument(update))
    throw new CommandError("FailedToParse", "Update argument must be either an object or an array");
  const names = Object.keys(update);
  const operators = names.filter((name) => name.startsWith("$"));
  if (operators.length === 0) return { kind: "replacement", document: update };
  if (operators.length === names.length) return { kind: "operators", operators: parseOperators(update) };
  throw new CommandError(
    "FailedToParse",
    `Unknown modifier: ${names.find((name) => !name.startsWith("$"))}. Expected a valid update modifier`,
  );
}

/** The paths that an update by operators names: array filters are for these. */
export function pathsOf(update: Update): readonly string[] {
  return update.kind === "operators" ? update.operators.steps.map(({ path }) => path) : [];
}

/** The new version of a document, or `null` when the update changes nothing. */
export function applyUpdate(
  before: NewVersion,
  update: Update,
  paths: PathContext,
  context: OperatorContext,
): UpdateResult | null {
  const { document, change } = changeDocument(before.document, update, paths, context);
  const withId = keepId(before.document, document);
  const bytes = keepsOrder(update) ? spliceDocument(before, withId) : encodeDocument(withId);
  if (bytes.length > MAX_BSON_SIZE) {
    throw new CommandError(
      "BSONObjectTooLarge",
      `Resulting document after update is larger than ${MAX_BSON_SIZE}`,
    );
  }
  checkStoredNesting(bytes);
  if (Buffer.compare(bytes, before.bytes) === 0) return null;
  return { document: withId, bytes, change };
}

/** The document that an upsert inserts, without `_id` when the update gives none. */
export function applyToNew(
  base: BsonDocument,
  update: Update,
  paths: PathContext,
  context: OperatorContext,
): BsonDocument {
  if (update.kind === "replacement") {
    const { _id: id } = base;
    return id === undefined || Object.hasOwn(update.document, "_id")
      ? update.document
      : documentOf([["_id", id], ...Object.entries(update.document)]);
  }
  return changeDocument(base, update, paths, context).document;
}

function changeDocument(
  document: BsonDocument,
  update: Update,
  paths: PathContext,
  context: OperatorContext,
): { readonly document: BsonDocument; readonly change: UpdateKind } {
  if (update.kind === "replacement") return { document: update.document, change: { operation: "replace" } };
  if (update.kind === "operators") {
    const updated = applyOperators(document, update.operators, paths, context);
    return { document: updated.document, change: { operation: "update", description: updated.description } };
  }
  const { environment } = context;
  const [result] = runStages([document], update.stages, { environment, collection: noOtherCollection });
  if (result === undefined) throw new CommandError("BadValue", "the pipeline of an update gave no document");
  return {
    document: result,
    change: { operation: "update", description: describeDifference(document, result) },
  };
}

/** Whether what was there before stays where it was. */
function keepsOrder(update: Update): boolean {
  if (update.kind !== "pipeline") return update.kind === "operators";
  return update.stages.every((stage) => ORDERLY_STAGES.has(Object.keys(stage)[0] ?? ""));
}

function keepId(before: BsonDocument, after: BsonDocument): BsonDocument {
  const { _id: id } = before;
  if (!Object.hasOwn(after, "_id")) return documentOf([["_id", id], ...Object.entries(after)]);
  if (compareValues(after["_id"], id) === 0) return idFirst(after);
  throw new CommandError(
    "ImmutableField",
    "Performing an update on the path '_id' would modify the immutable field '_id'",
  );
}

function idFirst(document: BsonDocument): BsonDocument {
  if (Object.keys(document)[0] === "_id") return document;
  const others = Object.entries(document).filter(([name]) => name !== "_id");
  return documentOf([["_id", document["_id"]], ...others]);
}

function toStage(stage: unknown): BsonDocument {
  const name = isDocument(stage) ? Object.keys(stage)[0] : undefined;
  if (!isDocument(stage) || name === undefined || !PIPELINE_STAGES.has(name)) {
    throw new CommandError(
      "InvalidOptions",
      `${name ?? "an empty stage"} is not allowed to be used within an update`,
    );
  }
  return stage;
}

/** Bytes of a document that nobody stored before. */
export function newVersion(document: BsonDocument): NewVersion {
  return { document, bytes: encodeDocument(document) };
}
