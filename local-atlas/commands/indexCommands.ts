import { z } from "zod";
import { type BsonDocument, encodeDocument, isDocument } from "../bson/BsonDocument.ts";
import { sameValues } from "../bson/compareValues.ts";
import { CommandError } from "../errors/CommandError.ts";
import {
  type CollectionInfo,
  idIndexOf,
  type IndexInfo,
  isClustered,
  namespaceOf,
} from "../storage/collectionInfo.ts";
import { hasSameKey } from "../storage/hasSameKey.ts";
import { checkIndexSpec } from "../storage/indexSpec.ts";
import { type Command, type CommandReply, defineCommand } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { isIdKey } from "./clusteredIndex.ts";
import { resultReply } from "./cursorReply.ts";
import { logChange } from "./dropCollection.ts";
import { anything, collectionName, count, document, documents } from "./parseArguments.ts";
import { uuidOf } from "./uuidOf.ts";
import { collectionProper } from "./views.ts";

const WRITE = { kind: "write", inTransaction: false } as const;

const createSchema = z.strictObject({
  createIndexes: collectionName,
  indexes: documents,
  commitQuorum: anything.optional(),
});

const dropSchema = z.strictObject({
  dropIndexes: collectionName,
  index: z.union([z.string(), document, z.array(z.string())]),
});

const listSchema = z.strictObject({
  listIndexes: collectionName,
  cursor: z.strictObject({ batchSize: count.optional() }).optional(),
});

/** Making, listing and dropping indexes. */
export const INDEX_COMMANDS: Readonly<Record<string, Command>> = {
  createIndexes: defineCommand({ ...WRITE, inTransaction: true }, createSchema, (context, command) =>
    createIndexes(context, command),
  ),
  dropIndexes: defineCommand(WRITE, dropSchema, (context, command) => dropIndexes(context, command)),
  listIndexes: defineCommand({ kind: "read", inTransaction: false }, listSchema, (context, command) =>
    listIndexes(context, command),
  ),
};

function createIndexes(context: CommandContext, command: z.infer<typeof createSchema>): CommandReply {
  if (command.indexes.length === 0)
    throw new CommandError("BadValue", "Must specify at least one index to create");
  for (const spec of command.indexes) checkRequired(spec);
  const name = command.createIndexes;
  const known = collectionProper(context, name);
  const collection = known ?? context.writer.ensureCollection(context.database, name);
  const before = collection.indexes.length + 1;
  for (const spec of command.indexes) createIndex(context, name, checkIndexSpec(spec));
  const after = (context.view.collection(context.database, name)?.indexes.length ?? 0) + 1;
  return {
    numIndexesBefore: before,
    numIndexesAfter: after,
    createdCollectionAutomatically: known === null,
    ...(before === after ? { note: "all indexes already exist" } : {}),
  };
}

function checkRequired(spec: BsonDocument): void {
  const missing = ["key", "name"].find((field) => spec[field] === undefined);
  if (missing === undefined) return;
  throw new CommandError(
    "FailedToParse",
    `Error in specification :: caused by :: The '${missing}' field is a required property of an index specification`,
  );
}

function createIndex(
  context: CommandContext,
  name: string,
  spec: BsonDocument & { readonly name: string },
): void {
  const collection = context.view.collection(context.database, name);
  if (collection !== null) checkClustered(collection, spec);
  if (collection === null || isIdKey(spec["key"]) || exists(collection, spec)) return;
  context.writer.createIndex(collection, withCollation(collection, spec));
}

/** An index has the collation of its collection, unless it says otherwise. */
function withCollation(
  { options }: CollectionInfo,
  spec: BsonDocument & { readonly name: string },
): BsonDocument & { readonly name: string } {
  const { collation } = options;
  return isDocument(collation) && spec["collation"] === undefined ? { ...spec, collation } : spec;
}

/** Only the index that a clustered collection has already may be called clustered. */
function checkClustered(collection: CollectionInfo, { clustered, key }: BsonDocument): void {
  if (clustered === undefined || (clustered === true && isClustered(collection) && isIdKey(key))) return;
  throw new CommandError(
    clustered === true ? 6243700 : 6492800,
    "The 'clustered' option is only for the clustered index that a collection was created with",
  );
}

/** The same index again is no error; another one under its name or with its key is. */
function exists(collection: CollectionInfo, spec: BsonDocument & { readonly name: string }): boolean {
  const sameName = collection.indexes.find((index) => index.name === spec.name);
  if (sameName !== undefined) {
    if (hasSameKey(sameName, spec) && hasSameOptions(sameName, spec)) return true;
    const code = hasSameKey(sameName, spec) ? "IndexOptionsConflict" : "IndexKeySpecsConflict";
    throw new CommandError(
      code,
      `An existing index has the same name as the requested index but is different: ${spec.name}`,
    );
  }
  const sameKey = collection.indexes.find((index) => hasSameKey(index, spec));
  if (sameKey === undefined) return false;
  throw new CommandError(
    "IndexOptionsConflict",
    `Index already exists with a different name: ${sameKey.name}`,
  );
}

const COMPARED_OPTIONS = ["unique", "sparse", "expireAfterSeconds", "partialFilterExpression"];

function hasSameOptions(index: IndexInfo, spec: BsonDocument): boolean {
  return COMPARED_OPTIONS.every((name) => sameValues(index.spec[name] || undefined, spec[name] || undefined));
}

function dropIndexes(context: CommandContext, command: z.infer<typeof dropSchema>): CommandReply {
  const collection = existing(context, command.dropIndexes);
  const before = collection.indexes.length + 1;
  for (const index of chosenIndexes(collection, command.index)) {
    context.store.documents.removeIndex(index);
    context.store.catalog.dropIndex(index);
    logChange(context.store, context.database, {
      operation: "dropIndexes",
      collection: collection.name,
      uuid: uuidOf(collection.uuid),
      details: { indexes: [index.spec] },
    });
  }
  return { nIndexesWas: before };
}

function chosenIndexes(
  collection: CollectionInfo,
  chosen: string | BsonDocument | readonly string[],
): readonly IndexInfo[] {
  if (chosen === "*") return collection.indexes;
  if (typeof chosen === "object" && !Array.isArray(chosen)) {
    if (isIdKey(chosen)) throw idIndexKept(collection);
    const index = collection.indexes.find((candidate) => hasSameKey(candidate, { key: chosen }));
    return [index ?? indexNotFound("with that key")];
  }
  const names: readonly string[] = typeof chosen === "string" ? [chosen] : (chosen as readonly string[]);
  if (names.includes(idIndexOf(collection).name)) throw idIndexKept(collection);
  return names.map(
    (name) => collection.indexes.find((index) => index.name === name) ?? indexNotFound(`with name [${name}]`),
  );
}

function idIndexKept(collection: CollectionInfo): CommandError {
  return isClustered(collection)
    ? new CommandError(5979800, "It is illegal to drop the clusteredIndex")
    : new CommandError("InvalidOptions", "cannot drop _id index");
}

function indexNotFound(which: string): never {
  throw new CommandError("IndexNotFound", `index not found ${which}`);
}

function listIndexes(context: CommandContext, command: z.infer<typeof listSchema>): CommandReply {
  const collection = existing(context, command.listIndexes);
  const specs = [idIndexOf(collection), ...collection.indexes].map((index) => index.spec);
  return resultReply(
    context,
    namespaceOf(collection),
    specs.map((spec) => encodeDocument(inListOrder(spec))),
    { size: command.cursor?.batchSize ?? null },
  );
}

function inListOrder(spec: BsonDocument): BsonDocument {
  const { v, key, name, ...options } = spec;
  return { v, key, name, ...options };
}

function existing(context: CommandContext, name: string): CollectionInfo {
  const collection = collectionProper(context, name);
  if (collection !== null) return collection;
  throw new CommandError("NamespaceNotFound", `ns does not exist: ${context.database}.${name}`);
}
