import { Binary } from "bson";
import { z } from "zod";
import { type BsonDocument, encodeDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { OplogContent } from "../oplog/OplogEntry.ts";
import { compileFilter } from "../query/compileFilter.ts";
import { type CollectionInfo, namespaceOf } from "../storage/collectionInfo.ts";
import { type Command, type CommandReply, defineCommand } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { measure } from "./collectionStats.ts";
import { resultReply } from "./cursorReply.ts";
import { anything, collectionName, count, document, flag, number } from "./parseArguments.ts";

const READ = { kind: "read", inTransaction: false } as const;
const WRITE = { kind: "write", inTransaction: false } as const;

const off = flag.refine((value) => !value, { error: "unsupported: by this server" }).optional();

const createSchema = z.strictObject({
  create: collectionName,
  capped: off,
  autoIndexId: anything.optional(),
  idIndex: anything.optional(),
  storageEngine: anything.optional(),
});

const listCollectionsSchema = z.strictObject({
  listCollections: anything,
  filter: document.optional(),
  nameOnly: flag.optional(),
  authorizedCollections: flag.optional(),
  cursor: z.strictObject({ batchSize: count.optional() }).optional(),
});

const listDatabasesSchema = z.strictObject({
  listDatabases: anything,
  filter: document.optional(),
  nameOnly: flag.optional(),
  authorizedDatabases: flag.optional(),
});

const dropSchema = z.strictObject({ drop: collectionName });
const dropDatabaseSchema = z.strictObject({ dropDatabase: anything });
const statsSchema = z.strictObject({
  dbStats: anything,
  scale: number.optional(),
  freeStorage: anything.optional(),
});

/** Making, listing and dropping collections and databases. */
export const COLLECTION_COMMANDS: Readonly<Record<string, Command>> = {
  create: defineCommand(WRITE, createSchema, (context, command) => create(context, command.create)),
  drop: defineCommand(WRITE, dropSchema, (context, command) => drop(context, command.drop)),
  dropDatabase: defineCommand(WRITE, dropDatabaseSchema, (context) => dropDatabase(context)),
  listCollections: defineCommand(READ, listCollectionsSchema, (context, command) =>
    listCollections(context, command),
  ),
  listDatabases: defineCommand(READ, listDatabasesSchema, (context, command) =>
    listDatabases(context, command),
  ),
  dbStats: defineCommand(READ, statsSchema, (context, command) => databaseStats(context, command.scale ?? 1)),
};

function create(context: CommandContext, name: string): CommandReply {
  if (context.store.catalog.find(context.database, name) !== null) {
    throw new CommandError("NamespaceExists", `Collection ${context.database}.${name} already exists.`);
  }
  context.writer.ensureCollection(context.database, name);
  return {};
}

function drop(context: CommandContext, name: string): CommandReply {
  const collection = context.store.catalog.find(context.database, name);
  if (collection === null) return {};
  dropCollection(context, collection);
  return { nIndexesWas: collection.indexes.length + 1, ns: namespaceOf(collection) };
}

function dropDatabase(context: CommandContext): CommandReply {
  const collections = context.store.catalog.list(context.database);
  for (const collection of collections) dropCollection(context, collection);
  if (collections.length > 0) log(context, { operation: "dropDatabase", collection: "" });
  return { dropped: context.database };
}

function dropCollection(context: CommandContext, collection: CollectionInfo): void {
  const time = log(context, {
    operation: "drop",
    collection: collection.name,
    uuid: new Binary(collection.uuid, Binary.SUBTYPE_UUID),
  });
  for (const index of collection.indexes) context.store.documents.removeIndex(index);
  context.store.documents.removeAll(collection.id, time);
  context.store.catalog.drop(collection, time);
}

function log(context: CommandContext, content: Omit<OplogContent, "database" | "wallTime">): string {
  const time = context.store.clock.next();
  context.store.oplog.append(time, 0, {
    ...content,
    database: context.database,
    wallTime: new Date(context.store.now()),
  });
  return time;
}

function listCollections(
  context: CommandContext,
  command: z.infer<typeof listCollectionsSchema>,
): CommandReply {
  const matches = compileFilter(command.filter ?? {});
  const listed = context.store.catalog.list(context.database).map(describeCollection).filter(matches);
  const shown = command.nameOnly === true ? listed.map(({ name, type }) => ({ name, type })) : listed;
  return resultReply(
    context,
    `${context.database}.$cmd.listCollections`,
    shown.map((info) => encodeDocument(info)),
    { size: command.cursor?.batchSize ?? null },
  );
}

function describeCollection(collection: CollectionInfo): BsonDocument {
  return {
    name: collection.name,
    type: "collection",
    options: collection.options,
    info: { readOnly: false, uuid: new Binary(collection.uuid, Binary.SUBTYPE_UUID) },
    idIndex: { v: 2, key: { _id: 1 }, name: "_id_" },
  };
}

function listDatabases(context: CommandContext, command: z.infer<typeof listDatabasesSchema>): CommandReply {
  const collections = context.store.catalog.list();
  const names = [...new Set(collections.map(({ database }) => database))];
  const databases = names.map((name) => {
    const own = collections.filter(({ database }) => database === name);
    const sizeOnDisk = own.reduce((sum, collection) => sum + measure(context, collection).size, 0);
    return { name, sizeOnDisk, empty: false };
  });
  const shown = databases.filter(compileFilter(command.filter ?? {}));
  if (command.nameOnly === true) return { databases: shown.map(({ name }) => ({ name })) };
  const totalSize = shown.reduce((sum, { sizeOnDisk }) => sum + sizeOnDisk, 0);
  return { databases: shown, totalSize, totalSizeMb: Math.floor(totalSize / 2 ** 20) };
}

function databaseStats(context: CommandContext, scale: number): CommandReply {
  const collections = context.store.catalog.list(context.database);
  const measured = collections.map((collection) => measure(context, collection));
  const objects = measured.reduce((sum, { count: own }) => sum + own, 0);
  const dataSize = measured.reduce((sum, { size }) => sum + size, 0) / scale;
  return {
    db: context.database,
    collections: collections.length,
    views: 0,
    objects,
    avgObjSize: objects === 0 ? 0 : (dataSize * scale) / objects,
    dataSize,
    storageSize: dataSize,
    indexes: collections.reduce((sum, { indexes }) => sum + indexes.length + 1, 0),
    indexSize: 0,
    totalSize: dataSize,
    scaleFactor: scale,
  };
}
