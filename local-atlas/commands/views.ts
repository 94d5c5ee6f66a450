import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import { OPLOG_COLLECTION } from "../storage/oplogCollection.ts";
import { type CollectionInfo, namespaceOf } from "../storage/collectionInfo.ts";
import type { CommandContext } from "./CommandContext.ts";

const MAX_DEPTH = 20;

/** A view taken apart: the collection that it is of, and the stages that make it. */
export interface ResolvedView {
  readonly name: string;
  readonly pipeline: readonly BsonDocument[];
}

/** What is behind a name: for a view, the collection at its bottom and all stages from there; else `null`. */
export function resolveView(context: CommandContext, name: string): ResolvedView | null {
  const parts: (readonly BsonDocument[])[] = [];
  let current = name;
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    const collection = context.view.collection(context.database, current);
    if (collection === null || !isView(collection))
      return depth === 0 ? null : { name: current, pipeline: parts.toReversed().flat() };
    parts.push(stagesOf(collection));
    current = String(collection.options["viewOn"]);
  }
  throw new CommandError(
    "ViewDepthLimitExceeded",
    `View depth too deep or view cycle detected: ${context.database}.${name}`,
  );
}

/** True for a view: it has no documents of its own. */
export function isView(collection: CollectionInfo): boolean {
  return collection.options["viewOn"] !== undefined;
}

/** The collection of that name, `null` for none; throws `CommandNotSupportedOnView` for a view. */
export function collectionProper(context: CommandContext, name: string): CollectionInfo | null {
  const collection = context.view.collection(context.database, name);
  if (collection !== null && isView(collection)) throw notOnView(collection);
  if (collection === OPLOG_COLLECTION)
    throw new CommandError("InvalidNamespace", "local.oplog.rs can only be read");
  return collection;
}

/** The same, made when there is none. */
export function ensureCollection(context: CommandContext, name: string): CollectionInfo {
  return collectionProper(context, name) ?? context.writer.ensureCollection(context.database, name);
}

function notOnView(collection: CollectionInfo): CommandError {
  return new CommandError(
    "CommandNotSupportedOnView",
    `Namespace ${namespaceOf(collection)} is a view, not a collection`,
  );
}

function stagesOf(collection: CollectionInfo): readonly BsonDocument[] {
  const { pipeline } = collection.options;
  return Array.isArray(pipeline) ? pipeline.filter(isDocument) : [];
}
