import type { Db, Document } from "mongodb";
import { openCursor } from "./openCursor.ts";
import type { OperationTable } from "./OperationTable.ts";

/** What the format calls on a database. */
export const DATABASE_OPERATIONS: OperationTable<Db> = {
  aggregate: (database, { pipeline, ...options }) => database.aggregate(pipeline, options).toArray(),
  createChangeStream: (database, { pipeline, ...options }) => openCursor(database.watch(pipeline, options)),
  createCollection: (database, { collection, ...options }) => database.createCollection(collection, options),
  createCommandCursor: (database, args) => openCursor(commandCursor(database, args)),
  dropCollection: (database, { collection, ...options }) => database.dropCollection(collection, options),
  listCollectionNames: async (database, { filter, ...options }) => {
    const listed = await database.listCollections(filter, { ...options, nameOnly: true }).toArray();
    return listed.map(({ name }) => name);
  },
  listCollections: (database, { filter, ...options }) => database.listCollections(filter, options).toArray(),
  modifyCollection: (database, { collection, ...options }) =>
    database.command({ collMod: collection, ...options }),
  runCommand: (database, { command, commandName: _name, ...options }) => database.command(command, options),
  runCursorCommand: (database, args) => commandCursor(database, args).toArray(),
};

function commandCursor(database: Db, args: Document): ReturnType<Db["runCursorCommand"]> {
  const { command, commandName: _name, batchSize, maxTimeMS, comment, ...options } = args;
  const cursor = database.runCursorCommand(command, options);
  if (batchSize !== undefined) cursor.setBatchSize(batchSize);
  if (maxTimeMS !== undefined) cursor.setMaxTimeMS(maxTimeMS);
  if (comment !== undefined) cursor.setComment(comment);
  return cursor;
}
