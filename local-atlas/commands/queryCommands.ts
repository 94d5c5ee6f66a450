import { Int32 } from "bson";
import { z } from "zod";
import { type BsonDocument, encodeDocument } from "../bson/BsonDocument.ts";
import { compareValues } from "../bson/compareValues.ts";
import { candidatesAt, splitPath } from "../bson/paths.ts";
import { encodeKey } from "../bson/encodeKey.ts";
import { CommandError } from "../errors/CommandError.ts";
import { compileProjection } from "../projection/findProjection.ts";
import { type Command, type CommandReply, defineCommand } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { resultReply, snapshotField } from "./cursorReply.ts";
import { aggregateDocuments } from "./aggregateDocuments.ts";
import { resolveView } from "./views.ts";
import { environmentOf } from "./environmentOf.ts";
import { findGivingWay } from "./findDocuments.ts";
import {
  anything,
  collectionName,
  count,
  document,
  flag,
  number,
  simpleCollation,
} from "./parseArguments.ts";

const READ = { kind: "read", inTransaction: true, snapshot: true } as const;

const unsupportedFlag = flag.refine((value) => !value, { error: "unsupported: by this server" }).optional();

const findSchema = z.strictObject({
  find: collectionName,
  filter: document.optional(),
  sort: document.optional(),
  projection: document.optional(),
  hint: anything.optional(),
  skip: count.optional(),
  limit: count.optional(),
  batchSize: count.optional(),
  singleBatch: flag.optional(),
  collation: simpleCollation,
  let: document.optional(),
  allowDiskUse: flag.optional(),
  allowPartialResults: flag.optional(),
  noCursorTimeout: flag.optional(),
  oplogReplay: flag.optional(),
  tailable: unsupportedFlag,
  awaitData: unsupportedFlag,
  returnKey: unsupportedFlag,
  showRecordId: unsupportedFlag,
  mirrored: anything.optional(),
});

const countSchema = z.strictObject({
  count: collectionName,
  query: document.optional(),
  limit: number.optional(),
  skip: count.optional(),
  hint: anything.optional(),
  collation: simpleCollation,
  fields: anything.optional(),
});

const distinctSchema = z.strictObject({
  distinct: collectionName,
  key: z.string().min(1),
  query: document.optional(),
  collation: simpleCollation,
  hint: anything.optional(),
});

/** The fields of a `find`, a `count` and a `distinct`. */
export const [findArguments, countArguments, distinctArguments] = [findSchema, countSchema, distinctSchema];

/** Reading documents. */
export const QUERY_COMMANDS: Readonly<Record<string, Command>> = {
  find: defineCommand(READ, findSchema, (context, command) => find(context, command)),
  count: defineCommand({ ...READ, inTransaction: false, snapshot: false }, countSchema, (context, command) =>
    countMatches(context, command),
  ),
  distinct: defineCommand(READ, distinctSchema, (context, command) => distinct(context, command)),
};

async function find(context: CommandContext, command: z.infer<typeof findSchema>): Promise<CommandReply> {
  const filter = command.filter ?? {};
  if (resolveView(context, command.find) !== null) return findOnView(context, command);
  const environment = environmentOf(context, command.let);
  const collection = context.view.collection(context.database, command.find);
  const found = await findGivingWay(context, collection, {
    filter,
    sort: nonEmpty(command.sort),
    skip: command.skip,
    limit: command.limit === 0 ? null : command.limit,
    environment,
    hint: command.hint,
  });
  const projection = nonEmpty(command.projection);
  const project = projection === undefined ? null : compileProjection(projection, filter, environment);
  const results = found.map(({ bytes, document: whole }) =>
    project === null ? bytes : encodeDocument(project(whole)),
  );
  return resultReply(context, `${context.database}.${command.find}`, results, {
    size: command.batchSize ?? null,
    isOnly: command.singleBatch ?? false,
    keepsForever: command.noCursorTimeout ?? false,
  });
}

/** A view is read by the stages that say the same. */
async function findOnView(
  context: CommandContext,
  command: z.infer<typeof findSchema>,
): Promise<CommandReply> {
  const { filter = {}, sort, skip, limit, projection } = command;
  const stages = [
    { $match: filter },
    ...(nonEmpty(sort) === undefined ? [] : [{ $sort: sort }]),
    ...(skip ? [{ $skip: new Int32(skip) }] : []),
    ...(limit ? [{ $limit: new Int32(limit) }] : []),
    ...(nonEmpty(projection) === undefined ? [] : [{ $project: projection }]),
  ];
  const results = await aggregateDocuments(context, command.find, stages, { variables: command.let });
  return resultReply(
    context,
    `${context.database}.${command.find}`,
    results.map((result) => encodeDocument(result)),
    { size: command.batchSize ?? null, isOnly: command.singleBatch ?? false },
  );
}

async function countMatches(
  context: CommandContext,
  command: z.infer<typeof countSchema>,
): Promise<CommandReply> {
  if (resolveView(context, command.count) !== null) {
    const stages = [{ $match: command.query ?? {} }, ...limitStages(command.skip, command.limit)];
    return { n: (await aggregateDocuments(context, command.count, stages, {})).length };
  }
  const collection = context.view.collection(context.database, command.count);
  const filter = command.query ?? {};
  const limit = Math.abs(command.limit ?? 0);
  if (
    collection !== null &&
    Object.keys(filter).length === 0 &&
    limit === 0 &&
    command.skip === undefined &&
    command.hint === undefined
  ) {
    return { n: context.store.documents.measure(collection.id).count };
  }
  const found = await findGivingWay(context, collection, {
    filter,
    environment: environmentOf(context),
    hint: command.hint,
    skip: command.skip,
    limit: limit === 0 ? null : limit,
  });
  return { n: found.length };
}

function limitStages(skip = 0, limit = 0): readonly BsonDocument[] {
  return [
    ...(skip === 0 ? [] : [{ $skip: new Int32(skip) }]),
    ...(limit === 0 ? [] : [{ $limit: new Int32(Math.abs(limit)) }]),
  ];
}

async function distinct(
  context: CommandContext,
  command: z.infer<typeof distinctSchema>,
): Promise<CommandReply> {
  if (command.key.startsWith("$"))
    throw new CommandError("BadValue", "the key of distinct must not begin with '$'");
  const documents = await distinctInput(context, command);
  const parts = splitPath(command.key);
  const values = new Map<string, unknown>();
  for (const whole of documents) {
    for (const value of candidatesAt(whole, parts)) {
      if (value !== undefined && !Array.isArray(value))
        values.set(encodeKey(value).toString("latin1"), value);
    }
  }
  return { values: [...values.values()].toSorted(compareValues), ...snapshotField(context.snapshotTime) };
}

async function distinctInput(
  context: CommandContext,
  command: z.infer<typeof distinctSchema>,
): Promise<readonly BsonDocument[]> {
  const filter = command.query ?? {};
  if (resolveView(context, command.distinct) !== null)
    return aggregateDocuments(context, command.distinct, [{ $match: filter }], {});
  const collection = context.view.collection(context.database, command.distinct);
  const found = await findGivingWay(context, collection, {
    filter,
    environment: environmentOf(context),
    hint: command.hint,
  });
  return found.map((stored) => stored.document);
}

function nonEmpty(value: BsonDocument | undefined): BsonDocument | undefined {
  return value === undefined || Object.keys(value).length === 0 ? undefined : value;
}
