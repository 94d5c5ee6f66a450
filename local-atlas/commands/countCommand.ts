import { Int32 } from "bson";
import { z } from "zod";
import type { BsonDocument } from "../bson/BsonDocument.ts";
import { OPLOG_COLLECTION } from "../storage/oplogCollection.ts";
import { aggregateDocuments } from "./aggregateDocuments.ts";
import { type CommandReply, defineCommand } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { environmentOf } from "./environmentOf.ts";
import { findGivingWay } from "./findDocuments.ts";
import { anything, collectionName, count, document, number } from "./parseArguments.ts";
import { stringsOf } from "./stringsOf.ts";
import { resolveView } from "./views.ts";

/** The fields of a count. */
export const countArguments = z.strictObject({
  count: collectionName,
  query: document.optional(),
  limit: number.optional(),
  skip: count.optional(),
  hint: anything.optional(),
  collation: document.optional(),
  fields: anything.optional(),
});

type CountArguments = z.infer<typeof countArguments>;

/** Counts documents. */
export const countCommand = defineCommand(
  { kind: "read", inTransaction: false },
  countArguments,
  (context, command) => countMatches(context, command),
);

async function countMatches(context: CommandContext, command: CountArguments): Promise<CommandReply> {
  const { query: filter = {}, skip, hint, collation } = command;
  const limit = Math.abs(command.limit ?? 0);
  if (resolveView(context, command.count) !== null) {
    const stages = [{ $match: filter }, ...limitStages(skip, limit)];
    return { n: (await aggregateDocuments(context, command.count, stages, { collation })).length };
  }
  const collection = context.view.collection(context.database, command.count);
  const countsAll =
    Object.keys(filter).length === 0 && limit === 0 && skip === undefined && hint === undefined;
  if (collection !== null && collection !== OPLOG_COLLECTION && countsAll) {
    return { n: context.store.documents.measure(collection.id).count };
  }
  const environment = environmentOf(context, undefined, stringsOf(context, command.count, collation));
  const search = { filter, environment, hint, skip, limit: limit === 0 ? null : limit };
  return { n: (await findGivingWay(context, collection, search)).length };
}

function limitStages(skip: number | undefined, limit: number): readonly BsonDocument[] {
  return [
    ...(skip ? [{ $skip: new Int32(skip) }] : []),
    ...(limit === 0 ? [] : [{ $limit: new Int32(limit) }]),
  ];
}
