import { type BsonDocument, encodeDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import { checkStage, type StageContext } from "../query/runStages.ts";
import { runGivingWay } from "../steps/runGivingWay.ts";
import { type AggregateArguments, aggregateArguments } from "./aggregateArguments.ts";
import { checkTime } from "./checkTime.ts";
import { type CommandReply, defineCommand } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { resultReply } from "./cursorReply.ts";
import { explain } from "./explainCommand.ts";
import { findDocuments, findGivingWay } from "./findDocuments.ts";
import { openChangeStream } from "./openChangeStream.ts";
import { outputOf } from "./outputStage.ts";
import { pushDown } from "./pushDown.ts";
import { pipelineSteps } from "./runPipeline.ts";
import { sourceStage } from "./sourceStages.ts";

/** Runs a pipeline, or opens a change stream. */
export const aggregateCommand = defineCommand(
  { kind: "read", inTransaction: true, snapshot: true },
  aggregateArguments,
  (context, command) => aggregate(context, command),
);

function aggregate(
  context: CommandContext,
  command: AggregateArguments,
): CommandReply | Promise<CommandReply> {
  if (command.explain === true) return explain(context, { ...command, explain: undefined }, "queryPlanner");
  if (command.cursor === undefined) {
    throw new CommandError(
      "FailedToParse",
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  }
  const name = typeof command.aggregate === "string" ? command.aggregate : null;
  const batchSize = command.cursor.batchSize ?? null;
  if (command.pipeline[0] === undefined || !Object.hasOwn(command.pipeline[0], "$changeStream"))
    return runPipeline(context, name, command, batchSize);
  if (!context.isTransaction && context.snapshotTime === null)
    return openChangeStream(context, name, command.pipeline, batchSize);
  throw new CommandError(
    "OperationNotSupportedInTransaction",
    "$changeStream cannot be run within a multi-document transaction or snapshot",
  );
}

async function runPipeline(
  context: CommandContext,
  name: string | null,
  command: AggregateArguments,
  batchSize: number | null,
): Promise<CommandReply> {
  const { stages: pipeline, output } = outputOf(context, command.pipeline);
  const { documents, stages } = await inputOf(context, name, { ...command, pipeline });
  const steps = pipelineSteps(documents, stages, stageContext(context, command.let));
  const results = await runGivingWay(steps, () => checkTime(context));
  const namespace = `${context.database}.${name ?? "$cmd.aggregate"}`;
  if (output !== null) output.write(results);
  const shown = output === null ? results : [];
  return resultReply(
    context,
    namespace,
    shown.map((result) => encodeDocument(result)),
    { size: batchSize },
  );
}

interface Input {
  readonly documents: readonly BsonDocument[];
  /** What is left to do with them. */
  readonly stages: readonly BsonDocument[];
}

/** What a pipeline begins with: a collection's documents, as few as its first stages ask for, or its own documents. */
async function inputOf(
  context: CommandContext,
  name: string | null,
  { pipeline, let: variables, hint }: AggregateArguments,
): Promise<Input> {
  const [first, ...others] = pipeline;
  const source = sourceStage(context, name, first);
  if (source !== null) return { documents: source, stages: others };
  if (name === null) {
    throw new CommandError(
      "InvalidNamespace",
      "{aggregate: 1} needs a first stage that brings its own documents",
    );
  }
  for (const stage of pipeline) checkStage(stage);
  const { search, rest } = pushDown(pipeline);
  const collection = context.view.collection(context.database, name);
  const found = await findGivingWay(context, collection, { ...search, variables, hint });
  return { documents: found.map((stored) => stored.document), stages: rest };
}

function stageContext(context: CommandContext, variables: BsonDocument | undefined): StageContext {
  return {
    now: context.store.now(),
    ...(variables === undefined ? {} : { variables }),
    collection: (other) => {
      const found = context.view.collection(context.database, other);
      return findDocuments(context, found, { filter: {} }).map((stored) => stored.document);
    },
  };
}
