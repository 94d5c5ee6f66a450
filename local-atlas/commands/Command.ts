import { z } from "zod";
import type { BsonDocument } from "../bson/BsonDocument.ts";
import type { CommandContext } from "./CommandContext.ts";
import { parseArguments } from "./parseArguments.ts";

/** What a command does, and so how it is run. */
export interface CommandTraits {
  /** `write` runs as one change, all or nothing on disk; others may wait. */
  readonly kind: "read" | "write" | "other";
  /** May run inside a transaction. */
  readonly inTransaction: boolean;
  readonly endsTransaction?: "commit" | "abort";
  /** May carry `readConcern: {level: "snapshot"}`. */
  readonly snapshot?: boolean;
  /** A lost answer may be asked for again by session and `txnNumber`. */
  readonly retryable?: boolean;
}

/** An answer without `ok` and the times; its documents may be raw. */
export type CommandReply = BsonDocument;

/** One command of the table. */
export interface Command extends CommandTraits {
  readonly run: (context: CommandContext, body: BsonDocument) => CommandReply | Promise<CommandReply>;
}

/** Makes a command that is run with its checked arguments; a field that is not in the schema is refused. */
export function defineCommand<T>(
  traits: CommandTraits,
  schema: z.ZodType<T>,
  run: (context: CommandContext, command: T) => CommandReply | Promise<CommandReply>,
): Command {
  return { ...traits, run: (context, body) => run(context, parseArguments(schema, body)) };
}
