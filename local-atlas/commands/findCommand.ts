import { Int32 } from "bson";
import type { BsonDocument } from "../bson/BsonDocument.ts";
import { compileProjection } from "../projection/findProjection.ts";
import { aggregateDocuments } from "./aggregateDocuments.ts";
import { type CommandReply, defineCommand } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { resultReply, streamReply } from "./cursorReply.ts";
import { encodeResult } from "./encodeResult.ts";
import { environmentOf } from "./environmentOf.ts";
import { checkStillThere } from "./checkStillThere.ts";
import { findGivingWay, planSearch, type Search } from "./findDocuments.ts";
import { isIdLookup } from "../planning/isIdLookup.ts";
import type { StoredDocument } from "../storage/StoredDocument.ts";
import { streamDocuments } from "./streamDocuments.ts";
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
  const search: Search = {
    filter,
    sort: nonEmpty(command.sort),
    skip: command.skip,
    limit: command.limit === 0 ? null : command.limit,
    environment,
    hint: command.hint,
  };
  const first = {
    size: command.batchSize ?? null,
    isOnly: command.singleBatch ?? false,
    keepsForever: command.noCursorTimeout ?? false,
  };
  const namespace = `${context.database}.${command.find}`;
  const plan = collection === null ? null : planSearch(collection, search);
  if (collection === null || plan === null || !plan.isSorted) {
    const found = await findGivingWay(context, collection, search);
    const results = found.map(({ bytes, document: whole }) => show(bytes, whole));
    return resultReply(context, namespace, results, first);
  }
  const documents = streamDocuments(context.view, collection, search, plan);
  const source = {
    namespace,
    results: shown(documents, show),
    limit: isIdLookup(plan.access, filter) ? 1 : (search.limit ?? Infinity),
    check: () => checkStillThere(context, collection, plan.access),
  };
  return streamReply(context, source, first);
}

function* shown(
  documents: Iterable<StoredDocument | null>,
  show: (bytes: Uint8Array, whole: BsonDocument) => Uint8Array,
): Generator<Uint8Array | null> {
  for (const stored of documents) yield stored === null ? null : show(stored.bytes, stored.document);
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
    isPipeline: true,
  });
}

function nonEmpty(value: BsonDocument | undefined): BsonDocument | undefined {
  return value === undefined || Object.keys(value).length === 0 ? undefined : value;
}
