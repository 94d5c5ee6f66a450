import type { BsonDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { CollectionInfo } from "../storage/collectionInfo.ts";
import type { CommandContext } from "./CommandContext.ts";

/** The document of `$collStats`: what `estimatedDocumentCount` and `stats` of the tools read. */
export function collectionStats(context: CommandContext, name: string): BsonDocument {
  const collection = context.view.collection(context.database, name);
  const namespace = `${context.database}.${name}`;
  if (collection === null)
    throw new CommandError("NamespaceNotFound", `Collection [${namespace}] not found.`);
  const { count, size } = measure(context, collection);
  return {
    ns: namespace,
    host: context.address(),
    localTime: new Date(context.store.now()),
    count,
    storageStats: {
      count,
      size,
      storageSize: size,
      totalSize: size,
      totalIndexSize: 0,
      avgObjSize: count === 0 ? 0 : Math.round(size / count),
      nindexes: collection.indexes.length + 1,
      indexSizes: Object.fromEntries(
        ["_id_", ...collection.indexes.map((index) => index.name)].map((at) => [at, 0]),
      ),
      capped: false,
    },
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
export function indexStats(context: CommandContext, name: string): readonly BsonDocument[] {
  const collection = context.view.collection(context.database, name);
  if (collection === null) return [];
  const accesses = { ops: 0, since: new Date(context.startedAt) };
  const idIndex = { name: "_id_", key: { _id: 1 }, host: context.address(), accesses };
  return [
    idIndex,
    ...collection.indexes.map((index) => ({ ...idIndex, name: index.name, key: index.spec["key"] })),
  ];
}
