import { z } from "zod";
import { RawDocument } from "../bson/rawBson.ts";
import { encodeDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import { compileProjection } from "../projection/findProjection.ts";
import type { Environment } from "../expressions/Environment.ts";
import type { CollectionInfo } from "../storage/collectionInfo.ts";
import type { StoredDocument } from "../storage/StoredDocument.ts";
import type { NewVersion } from "../storage/Writer.ts";
import { applyUpdate, parseUpdate, pathsOf, type Update } from "../update/applyUpdate.ts";
import { compileArrayFilters, type PathContext } from "../update/expandPath.ts";
import { defineCommand, type CommandReply } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { environmentOf } from "./environmentOf.ts";
import { stringsOf } from "./stringsOf.ts";
import { findDocuments } from "./findDocuments.ts";
import { anything, collectionName, document, documents, flag } from "./parseArguments.ts";
import { documentForUpsert } from "./upsert.ts";
import { validateDocument } from "../validation/validateDocument.ts";
import { collectionProper, ensureCollection } from "./views.ts";
import { writeFields } from "./writeResults.ts";

const options = {
  query: document.optional(),
  sort: document.nullish(),
  remove: flag.optional(),
  update: anything.optional(),
  new: flag.optional(),
  fields: document.nullish(),
  upsert: flag.optional(),
  arrayFilters: documents.optional(),
  collation: document.optional(),
  hint: anything.optional(),
  let: document.optional(),
  ...writeFields,
};

/** The fields of a findAndModify. */
export const findAndModifyArguments = z.strictObject({ findAndModify: collectionName, ...options });

type Arguments = z.infer<typeof findAndModifyArguments>;

/** Changes or deletes one document and gives it, before or after. */
export const findAndModifyCommand = defineCommand(
  { kind: "write", inTransaction: true, retryable: true },
  findAndModifyArguments,
  (context, command) => findAndModify(context, command),
);

function findAndModify(context: CommandContext, command: Arguments): CommandReply {
  checkOptions(command);
  const collection = collectionProper(context, command.findAndModify);
  const [before] = findDocuments(context, collection, {
    filter: command.query ?? {},
    sort: command.sort ?? undefined,
    limit: 1,
    environment: environmentFor(context, command),
    hint: command.hint,
  });
  if (before !== undefined && collection !== null) {
    return command.remove === true
      ? remove(context, command, collection, before)
      : modify(context, command, collection, before);
  }
  if (command.remove === true) return { lastErrorObject: { n: 0 }, value: null };
  if (command.upsert === true) return upsert(context, command);
  return { lastErrorObject: { n: 0, updatedExisting: false }, value: null };
}

function environmentFor(context: CommandContext, command: Arguments): Environment {
  const strings = stringsOf(context, command.findAndModify, command.collation);
  return environmentOf(context, command.let, strings);
}

function checkOptions(command: Arguments): void {
  if (
    command.remove === true &&
    (command.update !== undefined || command.new === true || command.upsert === true)
  ) {
    throw new CommandError("FailedToParse", "Cannot specify remove together with update, new or upsert");
  }
  if (command.remove !== true && command.update === undefined) {
    throw new CommandError("FailedToParse", "Either an update or remove=true must be specified");
  }
}

function remove(
  context: CommandContext,
  command: Arguments,
  collection: CollectionInfo,
  before: StoredDocument,
): CommandReply {
  context.writer.remove(collection, before);
  return { lastErrorObject: { n: 1 }, value: project(context, command, before) };
}

function modify(
  context: CommandContext,
  command: Arguments,
  collection: CollectionInfo,
  before: StoredDocument,
): CommandReply {
  const environment = environmentFor(context, command);
  const update = parseUpdate(command.update);
  const result = applyUpdate(before, update, resolvedWith(command, update, environment), {
    isInsert: false,
    environment,
  });
  if (result !== null && command.bypassDocumentValidation !== true)
    validateDocument(collection, result.document, before.document);
  if (result !== null) context.writer.update(collection, before, result, result.change);
  const shown = command.new === true ? (result ?? before) : before;
  return { lastErrorObject: { n: 1, updatedExisting: true }, value: project(context, command, shown) };
}

function upsert(context: CommandContext, command: Arguments): CommandReply {
  const update = parseUpdate(command.update);
  const environment = environmentFor(context, command);
  const version = documentForUpsert(update, resolvedWith(command, update, environment), {
    isInsert: true,
    environment,
  });
  const collection = ensureCollection(context, command.findAndModify);
  if (command.bypassDocumentValidation !== true) validateDocument(collection, version.document, null);
  context.writer.insert(collection, version);
  return {
    lastErrorObject: { n: 1, updatedExisting: false, upserted: version.document["_id"] },
    value: command.new === true ? project(context, command, version) : null,
  };
}

function resolvedWith(command: Arguments, update: Update, environment: Environment): PathContext {
  const arrayFilters = compileArrayFilters(command.arrayFilters ?? [], pathsOf(update), environment);
  return { filter: command.query ?? {}, arrayFilters, environment };
}

function project(context: CommandContext, command: Arguments, version: NewVersion): RawDocument {
  const fields = command.fields ?? {};
  if (Object.keys(fields).length === 0) return new RawDocument(version.bytes);
  const show = compileProjection(fields, command.query ?? {}, environmentFor(context, command));
  return new RawDocument(encodeDocument(show(version.document)));
}
