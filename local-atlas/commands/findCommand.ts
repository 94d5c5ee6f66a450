import { Int32 } from "bson";
import type { BsonDocument } from "../bson/BsonDocument.ts";
import { aggregateDocuments } from "./aggregateDocuments.ts";
import { type CommandReply, defineCommand } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { resultReply, streamReply } from "./cursorReply.ts";
import { CommandError } from "../errors/CommandError.ts";
import { encodeResult } from "./encodeResult.ts";
import { environmentOf } from "./environmentOf.ts";
import { checkStillThere } from "./checkStillThere.ts";
import { findGivingWay, planSearch } from "./findDocuments.ts";
import type { Search } from "./Search.ts";
import { hasBounds } from "../planning/planBetween.ts";
import { isIdLookup } from "../planning/isIdLookup.ts";
import type { StoredDocument } from "../storage/StoredDocument.ts";
import { streamDocuments } from "./streamDocuments.ts";
import { openTailableCursor } from "./openTailableCursor.ts";
import { type FindArguments, findArguments } from "./findArguments.ts";
import { type Show, showFound } from "./showFound.ts";
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
  const collection = context.view.collection(context.database, command.find);
  if (command.tailable === true) {
    const show = showFound(command, environment, null);
    return openTailableCursor(context, collection, command, environment, show);
  }
  const search: Search = {
    filter,
    sort: nonEmpty(command.sort),
    skip: command.skip,
    limit: command.limit === 0 ? null : command.limit,
    environment,
    hint: command.hint,
    bounds: hasBounds(command) ? { min: command.min, max: command.max } : undefined,
  };
  const first = {
    size: command.batchSize ?? null,
    isOnly: command.singleBatch ?? false,
    keepsForever: command.noCursorTimeout ?? false,
  };
  const namespace = `${context.database}.${command.find}`;
  const plan = collection === null ? null : planSearch(collection, search);
  const show = showFound(command, environment, plan);
  if (collection === null || plan === null || !plan.isSorted) {
    const found = await findGivingWay(context, collection, search);
    return resultReply(context, namespace, found.map(show), first);
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

function* shown(documents: Iterable<StoredDocument | null>, show: Show): Generator<Uint8Array | null> {
  for (const stored of documents) yield stored === null ? null : show(stored);
}

const NOT_OF_VIEWS = ["returnKey", "showRecordId", "min", "max", "tailable"] as const;

/** A view is read by the stages that say the same. */
async function findOnView(context: CommandContext, command: FindArguments): Promise<CommandReply> {
  const { filter = {}, sort, skip, limit, projection } = command;
  const refused = NOT_OF_VIEWS.find((name) => command[name] !== undefined && command[name] !== false);
  if (refused !== undefined)
    throw new CommandError("InvalidPipelineOperator", `Option ${refused} not supported on aggregation.`);
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
