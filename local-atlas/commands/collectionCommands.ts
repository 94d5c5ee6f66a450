import { Binary } from "bson";
import { z } from "zod";
import { type BsonDocument, encodeDocument } from "../bson/BsonDocument.ts";
import { compileFilter } from "../query/compileFilter.ts";
import { type CollectionInfo, ID_INDEX, isClustered, namespaceOf } from "../storage/collectionInfo.ts";
import { type Command, type CommandReply, defineCommand } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { collModCommand } from "./collModCommand.ts";
import { measure } from "./collectionStats.ts";
import { createCommand } from "./createCommand.ts";
import { resultReply } from "./cursorReply.ts";
import { dropCollection, logChange } from "./dropCollection.ts";
import { anything, collectionName, count, document, flag } from "./parseArguments.ts";
import { renameCommand } from "./renameCommand.ts";
import { isView } from "./views.ts";

const READ = { kind: "read", inTransaction: false } as const;
const WRITE = { kind: "write", inTransaction: false } as const;

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
/** Making, changing, listing and dropping collections and databases. */
export const COLLECTION_COMMANDS: Readonly<Record<string, Command>> = {
  create: createCommand,
  drop: defineCommand(WRITE, dropSchema, (context, command) => drop(context, command.drop)),
  dropDatabase: defineCommand(WRITE, dropDatabaseSchema, (context) => dropDatabase(context)),
  listCollections: defineCommand(READ, listCollectionsSchema, (context, command) =>
    listCollections(context, command),
  ),
  listDatabases: defineCommand(READ, listDatabasesSchema, (context, command) =>
    listDatabases(context, command),
  ),
  collMod: collModCommand,
  renameCollection: renameCommand,
};

function drop(context: CommandContext, name: string): CommandReply {
  const collection = context.store.catalog.find(context.database, name);
  if (collection === null) return {};
  dropCollection(context.store, collection);
  return { nIndexesWas: collection.indexes.length + 1, ns: namespaceOf(collection) };
}

function dropDatabase(context: CommandContext): CommandReply {
  const collections = context.store.catalog.list(context.database);
  for (const collection of collections) dropCollection(context.store, collection);
  if (collections.length > 0)
    logChange(context.store, context.database, { operation: "dropDatabase", collection: "" });
  return { dropped: context.database };
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
  if (isView(collection))
    return { name: collection.name, type: "view", options: collection.options, info: { readOnly: true } };
  return {
    name: collection.name,
    type: "collection",
    options: collection.options,
    info: { readOnly: false, uuid: new Binary(collection.uuid, Binary.SUBTYPE_UUID) },
    ...(isClustered(collection) ? {} : { idIndex: ID_INDEX.spec }),
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
