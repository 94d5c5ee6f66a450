import { z } from "zod";
import { type BsonDocument, encodeDocument, isDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import { checkStage, runStages, type StageContext } from "../query/runStages.ts";
import { type CommandReply, defineCommand } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { collectionStats, indexStats } from "./collectionStats.ts";
import { resultReply } from "./cursorReply.ts";
import { checkHint } from "./checkHint.ts";
import { findDocuments } from "./findDocuments.ts";
import { openChangeStream } from "./openChangeStream.ts";
import {
  anything,
  collectionName,
  count,
  document,
  documents,
  flag,
  number,
  simpleCollation,
} from "./parseArguments.ts";

const schema = z.strictObject({
  aggregate: z.union([collectionName, number]),
  pipeline: documents,
  cursor: z.strictObject({ batchSize: count.optional() }).optional(),
  explain: flag.refine((value) => !value, { error: "unsupported: by this server" }).optional(),
  allowDiskUse: flag.optional(),
  bypassDocumentValidation: flag.optional(),
  hint: anything.optional(),
  collation: simpleCollation,
  let: document.optional(),
});

/** Runs a pipeline, or opens a change stream. */
export const aggregateCommand = defineCommand(
  { kind: "read", inTransaction: true, snapshot: true },
  schema,
  (context, command) => aggregate(context, command),
);

function aggregate(context: CommandContext, command: z.infer<typeof schema>): CommandReply {
  if (command.cursor === undefined) {
    throw new CommandError(
      "FailedToParse",
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  }
  const name = typeof command.aggregate === "string" ? command.aggregate : null;
  const batchSize = command.cursor.batchSize ?? null;
  if (command.pipeline[0] !== undefined && Object.hasOwn(command.pipeline[0], "$changeStream")) {
    if (context.isTransaction || context.snapshotTime !== null) {
      throw new CommandError(
        "OperationNotSupportedInTransaction",
        "$changeStream cannot be run within a multi-document transaction or snapshot",
      );
    }
    return openChangeStream(context, name, command.pipeline, batchSize);
  }
  const [input, stages] = inputOf(context, name, command.pipeline, command.let, command.hint);
  const results = runStages(input, stages, stageContext(context, command.let));
  const namespace = `${context.database}.${name ?? "$cmd.aggregate"}`;
  return resultReply(
    context,
    namespace,
    results.map((result) => encodeDocument(result)),
    { size: batchSize },
  );
}

/** What a pipeline begins with: a collection's documents, narrowed by a leading `$match`, or its own documents. */
function inputOf(
  context: CommandContext,
  name: string | null,
  pipeline: readonly BsonDocument[],
  variables: BsonDocument | undefined,
  hint: unknown,
): readonly [readonly BsonDocument[], readonly BsonDocument[]] {
  const [first, ...rest] = pipeline;
  const source = sourceOf(context, name, first);
  if (source !== null) return [source, rest];
  if (name === null) {
    throw new CommandError(
      "InvalidNamespace",
      "{aggregate: 1} needs a first stage that brings its own documents",
    );
  }
  for (const stage of pipeline) checkStage(stage);
  const match = first?.["$match"];
  const filter = isDocument(match) ? match : {};
  const collection = context.view.collection(context.database, name);
  checkHint(collection, hint);
  const found = findDocuments(context.view, collection, { filter, variables });
  return [found.map((stored) => stored.document), isDocument(match) ? rest : pipeline];
}

/** The documents of a stage that brings its own, else `null`. */
function sourceOf(
  context: CommandContext,
  name: string | null,
  first: BsonDocument | undefined,
): readonly BsonDocument[] | null {
  if (first === undefined) return null;
  const own = first["$documents"];
  if (own !== undefined && name === null) {
    if (Array.isArray(own) && own.every(isDocument)) return own;
    throw new CommandError("BadValue", "$documents needs an array of objects");
  }
  if (name !== null && Object.hasOwn(first, "$collStats")) return [collectionStats(context, name)];
  if (name !== null && Object.hasOwn(first, "$indexStats")) return indexStats(context, name);
  return null;
}

function stageContext(context: CommandContext, variables: BsonDocument | undefined): StageContext {
  return {
    now: context.store.now(),
    ...(variables === undefined ? {} : { variables }),
    collection: (other) => {
      const found = context.view.collection(context.database, other);
      return findDocuments(context.view, found, { filter: {} }).map((stored) => stored.document);
    },
  };
}
