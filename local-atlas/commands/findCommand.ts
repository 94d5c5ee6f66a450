import { Int32 } from "bson";
import type { BsonDocument } from "../bson/BsonDocument.ts";
import { compileProjection } from "../projection/findProjection.ts";
import { aggregateDocuments } from "./aggregateDocuments.ts";
import { type CommandReply, defineCommand } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { resultReply } from "./cursorReply.ts";
import { encodeResult } from "./encodeResult.ts";
import { environmentOf } from "./environmentOf.ts";
import { findGivingWay } from "./findDocuments.ts";
import { openTailableCursor } from "./openTailableCursor.ts";
import { type FindArguments, findArguments } from "./findArguments.ts";
import { stringsOf } from "./stringsOf.ts";
import { resolveView } from "./views.ts";

/** Finds documents. */
export const findCommand = defineCommand(
  { kind: "read", inTransaction: true, snapshot: true },
  findArguments,
  (context, command) => find(context, command),
);

async function find(context: CommandContext, command: FindArguments): Promise<CommandReply> {
  const filter = command.filter ?? {};
  if (resolveView(context, command.find) !== null) return findOnView(context, command);
  const environment = environmentOf(
    context,
    command.let,
    stringsOf(context, command.find, command.collation),
  );
  const projection = nonEmpty(command.projection);
  const project = projection === undefined ? null : compileProjection(projection, filter, environment);
  const show = (bytes: Uint8Array, whole: BsonDocument) =>
    project === null ? bytes : encodeResult(project(whole));
  const collection = context.view.collection(context.database, command.find);
  if (command.tailable === true) return openTailableCursor(context, collection, command, environment, show);
  const found = await findGivingWay(context, collection, {
    filter,
    sort: nonEmpty(command.sort),
    skip: command.skip,
    limit: command.limit === 0 ? null : command.limit,
    environment,
    hint: command.hint,
  });
  const results = found.map(({ bytes, document: whole }) => show(bytes, whole));
  return resultReply(context, `${context.database}.${command.find}`, results, {
    size: command.batchSize ?? null,
    isOnly: command.singleBatch ?? false,
    keepsForever: command.noCursorTimeout ?? false,
  });
}

/** A view is read by the stages that say the same. */
async function findOnView(context: CommandContext, command: FindArguments): Promise<CommandReply> {
  const { filter = {}, sort, skip, limit, projection } = command;
  const stages = [
    { $match: filter },
    ...(nonEmpty(sort) === undefined ? [] : [{ $sort: sort }]),
    ...(skip ? [{ $skip: new Int32(skip) }] : []),
    ...(limit ? [{ $limit: new Int32(limit) }] : []),
    ...(nonEmpty(projection) === undefined ? [] : [{ $project: projection }]),
  ];
  const results = await aggregateDocuments(context, command.find, stages, {
    variables: command.let,
    collation: command.collation,
  });
  return resultReply(context, `${context.database}.${command.find}`, results.map(encodeResult), {
    size: command.batchSize ?? null,
    isOnly: command.singleBatch ?? false,
  });
}

function nonEmpty(value: BsonDocument | undefined): BsonDocument | undefined {
  return value === undefined || Object.keys(value).length === 0 ? undefined : value;
}
