import type { BsonDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import { MAX_WRITE_BATCH } from "../wire/limits.ts";
import type { CommandContext } from "./CommandContext.ts";
import { flag } from "./parseArguments.ts";

/** Fields that every command of several writes may have. */
export const writeFields = {
  ordered: flag.optional(),
  bypassDocumentValidation: flag.optional(),
};

/** One failed write of several. */
export type WriteError = BsonDocument;

/**
 * Does each write on its own: a failed one is undone and reported by its index. After it, an ordered batch (and any
 * batch in a transaction) ends.
 */
export function runBatch<T>(
  context: CommandContext,
  items: readonly T[],
  ordered: boolean,
  write: (item: T, index: number) => void,
): readonly WriteError[] {
  if (items.length === 0 || items.length > MAX_WRITE_BATCH)
    throw new CommandError(
      "InvalidLength",
      `Write batch sizes must be between 1 and ${MAX_WRITE_BATCH}. Got ${items.length} operations.`,
    );
  const errors: WriteError[] = [];
  for (const [index, item] of items.entries()) {
    try {
      context.attempt(() => write(item, index));
    } catch (error) {
      if (!(error instanceof CommandError) || mustAbort(context, error)) throw error;
      errors.push({ index, code: error.code, errmsg: error.message, ...error.details });
      if (ordered || context.isTransaction) break;
    }
  }
  return errors;
}

/** A conflict in a transaction fails the whole command, so that the driver starts the transaction again. */
function mustAbort(context: CommandContext, error: CommandError): boolean {
  return context.isTransaction && error.labels.length > 0;
}
