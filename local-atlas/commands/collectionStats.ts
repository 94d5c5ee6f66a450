import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { isNumeric, toNumber } from "../bson/numbers.ts";
import { CommandError } from "../errors/CommandError.ts";
import { type CollectionInfo, idIndexOf } from "../storage/collectionInfo.ts";
import type { CommandContext } from "./CommandContext.ts";

/**
 * The document of `$collStats`: what `estimatedDocumentCount` and `stats` of the tools read. Has the parts that the
 * argument names.
 */
export function collectionStats(context: CommandContext, name: string, argument: unknown): BsonDocument {
  const collection = context.view.collection(context.database, name);
  const namespace = `${context.database}.${name}`;
  if (!isDocument(argument))
    throw new CommandError("BadValue", "$collStats must take a nested object but found another type");
  checkParts(argument);
  if (collection === null)
    throw new CommandError("NamespaceNotFound", `Collection [${namespace}] not found.`);
  const storage = argument["storageStats"];
  const scale = isDocument(storage) && isNumeric(storage["scale"]) ? toNumber(storage["scale"]) : 1;
  return {
    ns: namespace,
    host: context.address(),
    localTime: new Date(context.store.now()),
    ...(argument["count"] === undefined ? {} : { count: measure(context, collection).count }),
    ...(argument["storageStats"] === undefined
      ? {}
      : { storageStats: storageStats(context, collection, scale) }),
  };
}

const PARTS = new Set(["count", "storageStats"]);
const MISSING_PARTS = new Set(["latencyStats", "queryExecStats"]);

function checkParts(argument: BsonDocument): void {
  for (const part of Object.keys(argument)) {
    if (PARTS.has(part)) continue;
    throw MISSING_PARTS.has(part)
      ? new CommandError("NotImplemented", `${part} of $collStats is not supported by this server`)
      : new CommandError("UnknownField", `BSON field '$collStats.${part}' is an unknown field.`);
  }
}

/** Sizes of a collection and its indexes, in bytes divided by `scale`. */
export function storageStats(
  context: CommandContext,
  collection: CollectionInfo,
  scale: number,
): BsonDocument {
  const { count, size } = measure(context, collection);
  const scaled = (bytes: number) => Math.floor(bytes / scale);
  const indexSizes = collection.indexes.map(
    (index) => [index.name, scaled(context.store.documents.measureIndex(index).size)] as const,
  );
  const totalIndexSize = indexSizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  return {
    size: scaled(size),
    count,
    ...(count === 0 ? {} : { avgObjSize: Math.round(size / count) }),
    numOrphanDocs: 0,
    storageSize: scaled(size),
    freeStorageSize: 0,
    capped: collection.options["capped"] === true,
    ...(collection.options["capped"] === true
      ? { max: collection.options["max"] ?? 0, maxSize: collection.options["size"] }
      : {}),
    nindexes: collection.indexes.length + 1,
    indexBuilds: [],
    totalIndexSize,
    totalSize: scaled(size) + totalIndexSize,
    indexSizes: Object.fromEntries([[idIndexOf(collection).name, 0], ...indexSizes]),
    scaleFactor: scale,
  };
}

/** How many documents a collection has and how many bytes they are. */
export function measure(
  context: CommandContext,
  collection: CollectionInfo,
): { readonly count: number; readonly size: number } {
  return context.store.documents.measure(collection.id);
}

/** The documents of `$indexStats`. Accesses are not counted. */
export function indexStats(
  context: CommandContext,
  name: string,
  argument: unknown,
): readonly BsonDocument[] {
  if (!isDocument(argument) || Object.keys(argument).length > 0)
    throw new CommandError(28803, "The $indexStats stage specification must be an empty object");
  const collection = context.view.collection(context.database, name);
  if (collection === null) return [];
  const accesses = { ops: 0, since: new Date(context.startedAt) };
  return [idIndexOf(collection), ...collection.indexes].map((index) => ({
    name: index.name,
    key: index.spec["key"],
    host: context.address(),
    accesses,
    spec: index.spec,
  }));
}
