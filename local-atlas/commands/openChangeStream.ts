import { Timestamp } from "bson";
import { z } from "zod";
import type { BsonDocument } from "../bson/BsonDocument.ts";
import { encodeKey } from "../bson/encodeKey.ts";
import { ChangeStreamCursor, type StreamScope } from "../cursors/ChangeStreamCursor.ts";
import { CommandError } from "../errors/CommandError.ts";
import { endOf, type OplogPlace, parseToken } from "../oplog/resumeToken.ts";
import { before, fromTimestamp } from "../oplog/clusterTime.ts";
import type { RunningStage } from "../stages/Stage.ts";
import { checkStage, compilePipeline, noOtherCollection } from "../stages/compilePipeline.ts";
import { allOf } from "../stages/flows.ts";
import type { CommandReply } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { cursorReply } from "./cursorReply.ts";
import { environmentOf } from "./environmentOf.ts";
import { flag, parseArguments } from "./parseArguments.ts";

const token = z.object({ _data: z.string() });

const optionsSchema = z.strictObject({
  fullDocument: z.enum(["default", "updateLookup", "whenAvailable", "required"]).optional(),
  fullDocumentBeforeChange: z.enum(["off", "whenAvailable", "required"]).optional(),
  resumeAfter: token.optional(),
  startAfter: token.optional(),
  startAtOperationTime: z.custom<Timestamp>((value) => value instanceof Timestamp, "timestamp").optional(),
  allChangesForCluster: flag.optional(),
  showExpandedEvents: flag.optional(),
});

/** The stages that may follow `$changeStream`. */
const ALLOWED = new Set([
  "$addFields",
  "$match",
  "$project",
  "$redact",
  "$replaceRoot",
  "$replaceWith",
  "$set",
  "$unset",
]);

/** Opens a change stream: `stages` is the whole pipeline, `collection` is `null` to watch a database. */
export function openChangeStream(
  context: CommandContext,
  collection: string | null,
  stages: readonly BsonDocument[],
  batchSize: number | null,
): CommandReply {
  const [first = {}, ...rest] = stages;
  const options = parseArguments(
    optionsSchema,
    (first["$changeStream"] ?? {}) as BsonDocument,
    "$changeStream",
  );
  for (const stage of rest) checkFollowing(stage);
  const run = compilePipeline(rest, { environment: environmentOf(context), collection: noOtherCollection });
  const isCluster = options.allChangesForCluster === true;
  if (isCluster && (context.database !== "admin" || collection !== null)) {
    throw new CommandError("InvalidOptions", "allChangesForCluster is for the admin database only");
  }
  const scope: StreamScope = { database: isCluster ? null : context.database, collection };
  const namespace = `${context.database}.${collection ?? "$cmd.aggregate"}`;
  const cursor = new ChangeStreamCursor(context.store.oplog, {
    namespace,
    scope,
    style: {
      fullDocument: options.fullDocument ?? "default",
      beforeChange: options.fullDocumentBeforeChange ?? "off",
      isExpanded: options.showExpandedEvents ?? false,
      lookup: (database, name, key) => lookUp(context, database, name, key),
    },
    startAfter: startOf(context, options),
    transform: (event) => transform(event, run),
  });
  const id = context.cursors.add(cursor, context.session?.id ?? null);
  return cursorReply("firstBatch", namespace, id, cursor.take(batchSize));
}

function checkFollowing(stage: BsonDocument): void {
  const [name] = checkStage(stage);
  if (ALLOWED.has(name)) return;
  throw new CommandError("IllegalOperation", `${name} is not permitted in a $changeStream pipeline`);
}

function startOf(context: CommandContext, options: z.infer<typeof optionsSchema>): OplogPlace {
  const given = [options.resumeAfter, options.startAfter, options.startAtOperationTime].filter(
    (value) => value !== undefined,
  );
  if (given.length > 1) {
    throw new CommandError(
      "InvalidOptions",
      "Only one of resumeAfter, startAfter and startAtOperationTime may be given",
    );
  }
  const place = requestedPlace(options);
  if (place === null) return endOf(context.store.oplog.latest());
  if (place.time < context.store.oplog.floor()) throw historyLost();
  return place;
}

function requestedPlace(options: z.infer<typeof optionsSchema>): OplogPlace | null {
  if (options.startAtOperationTime !== undefined) {
    return endOf(before(fromTimestamp(options.startAtOperationTime)));
  }
  const data = options.resumeAfter ?? options.startAfter;
  if (data === undefined) return null;
  const place = parseToken(data._data);
  if (place.kind === "invalidate" && options.resumeAfter !== undefined) {
    throw new CommandError(
      "InvalidResumeToken",
      "Attempting to resume a change stream using 'resumeAfter' is not allowed from an invalidate notification.",
    );
  }
  return place;
}

function historyLost(): CommandError {
  return new CommandError(
    "ChangeStreamHistoryLost",
    "Resume of change stream was not possible, as the resume point may no longer be in the oplog.",
    {
      labels: ["NonResumableChangeStreamError"],
    },
  );
}

function transform(event: BsonDocument, run: RunningStage): BsonDocument | null {
  const [result] = allOf(run([event]));
  if (result === undefined) return null;
  if (!Object.hasOwn(result, "_id") || encodeKey(result["_id"]).compare(encodeKey(event["_id"])) !== 0) {
    throw new CommandError(
      "ChangeStreamFatalError",
      "Encountered an event whose _id field, which contains the resume token, was modified by the pipeline.",
      { labels: ["NonResumableChangeStreamError"] },
    );
  }
  return result;
}

function lookUp(
  context: CommandContext,
  database: string,
  name: string,
  key: BsonDocument,
): BsonDocument | null {
  const collection = context.store.catalog.find(database, name);
  if (collection === null) return null;
  return context.store.documents.get(collection.id, encodeKey(key["_id"]))?.document ?? null;
}
