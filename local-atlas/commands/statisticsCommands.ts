import { z } from "zod";
import { type BsonDocument, decodeDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import { indexEntries } from "../storage/indexKeys.ts";
import { type CollectionInfo, namespaceOf } from "../storage/collectionInfo.ts";
import { type Command, type CommandReply, defineCommand } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { measure, storageStats } from "./collectionStats.ts";
import { anything, collectionName, flag, number } from "./parseArguments.ts";
import { collectionProper, isView } from "./views.ts";

const READ = { kind: "read", inTransaction: false } as const;

const databaseSchema = z.strictObject({
  dbStats: anything,
  scale: number.optional(),
  freeStorage: anything.optional(),
});
const collectionSchema = z.strictObject({ collStats: collectionName, scale: number.optional() });
const validateSchema = z.strictObject({
  validate: collectionName,
  full: flag.optional(),
  background: flag.optional(),
  metadata: flag.optional(),
  checkBSONConformance: flag.optional(),
});

/** Sizes, and whether what is stored is whole. */
export const STATISTICS_COMMANDS: Readonly<Record<string, Command>> = {
  dbStats: defineCommand(READ, databaseSchema, (context, { scale }) => databaseStats(context, scale ?? 1)),
  collStats: defineCommand(READ, collectionSchema, (context, command) =>
    collStats(context, command.collStats, command.scale ?? 1),
  ),
  validate: defineCommand(READ, validateSchema, (context, command) => validate(context, command.validate)),
};

function databaseStats(context: CommandContext, scale: number): CommandReply {
  const all = context.store.catalog.list(context.database);
  const collections = all.filter((collection) => !isView(collection));
  const measured = collections.map((collection) => measure(context, collection));
  const objects = measured.reduce((sum, { count: own }) => sum + own, 0);
  const dataSize = measured.reduce((sum, { size }) => sum + size, 0) / scale;
  const indexSize = collections
    .flatMap(({ indexes }) => indexes)
    .reduce((sum, index) => sum + context.store.documents.measureIndex(index).size / scale, 0);
  return {
    db: context.database,
    collections: collections.length,
    views: all.length - collections.length,
    objects,
    avgObjSize: objects === 0 ? 0 : (dataSize * scale) / objects,
    dataSize,
    storageSize: dataSize,
    indexes: collections.reduce((sum, { indexes }) => sum + indexes.length + 1, 0),
    indexSize,
    totalSize: dataSize + indexSize,
    scaleFactor: scale,
  };
}

function collStats(context: CommandContext, name: string, scale: number): CommandReply {
  const collection = collectionProper(context, name);
  const ns = `${context.database}.${name}`;
  if (collection !== null) return { ns, ...storageStats(context, collection, scale) };
  return {
    ns,
    size: 0,
    count: 0,
    numOrphanDocs: 0,
    storageSize: 0,
    totalSize: 0,
    nindexes: 0,
    totalIndexSize: 0,
    indexDetails: {},
    indexSizes: {},
    scaleFactor: scale,
  };
}

/** Reads every document and compares the indexes with what they should hold. */
function validate(context: CommandContext, name: string): CommandReply {
  const collection = collectionProper(context, name);
  if (collection === null)
    throw new CommandError(
      "NamespaceNotFound",
      `Collection '${context.database}.${name}' does not exist to validate.`,
    );
  const found = inspect(context, collection);
  const keysPerIndex = { _id_: found.records, ...Object.fromEntries(found.keys) };
  return {
    ns: namespaceOf(collection),
    nInvalidDocuments: 0,
    nNonCompliantDocuments: 0,
    nrecords: found.records,
    nIndexes: collection.indexes.length + 1,
    keysPerIndex,
    indexDetails: Object.fromEntries(
      Object.keys(keysPerIndex).map((index) => [index, { valid: !found.errors.has(index) }]),
    ),
    valid: found.errors.size === 0,
    repaired: false,
    warnings: [],
    errors: [...found.errors].map((index) => `the index ${index} does not hold what the documents do`),
    extraIndexEntries: [],
    missingIndexEntries: [],
    corruptRecords: [],
  };
}

interface Inspection {
  readonly records: number;
  readonly keys: readonly (readonly [string, number])[];
  /** Names of indexes that are wrong. */
  readonly errors: ReadonlySet<string>;
}

function inspect(context: CommandContext, collection: CollectionInfo): Inspection {
  const { documents } = context.store;
  const expected = new Map(collection.indexes.map((index) => [index.name, 0]));
  const errors = new Set<string>();
  let records = 0;
  for (const stored of documents.all(collection.id)) {
    records++;
    const document: BsonDocument = decodeDocument(stored.bytes);
    for (const index of collection.indexes) {
      const { keys } = indexEntries(index, document);
      expected.set(index.name, (expected.get(index.name) ?? 0) + keys.length);
      if (!keys.every(({ bytes }) => documents.ownsEntry(index, bytes, stored.record)))
        errors.add(index.name);
    }
  }
  const keys = collection.indexes.map((index) => [index.name, documents.measureIndex(index).count] as const);
  for (const [name, count] of keys) if (count !== expected.get(name)) errors.add(name);
  return { records, keys, errors };
}
