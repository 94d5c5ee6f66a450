import { CommandError } from "../errors/CommandError.ts";
import { type AggregateArguments, aggregateArguments } from "./aggregateArguments.ts";
import { aggregateDocuments } from "./aggregateDocuments.ts";
import { type CommandReply, defineCommand } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { resultReply } from "./cursorReply.ts";
import { encodeResult } from "./encodeResult.ts";
import { explain } from "./explainCommand.ts";
import { openChangeStream } from "./openChangeStream.ts";
import { outputOf } from "./outputStage.ts";

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
  const options = { variables: command.let, hint: command.hint, collation: command.collation };
  const results = await aggregateDocuments(context, name, pipeline, options);
  const namespace = `${context.database}.${name ?? "$cmd.aggregate"}`;
  if (output !== null) output.write(results);
  const shown = output === null ? results : [];
  return resultReply(context, namespace, shown.map(encodeResult), { size: batchSize, isPipeline: true });
}
