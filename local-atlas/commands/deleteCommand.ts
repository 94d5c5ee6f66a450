import { z } from "zod";
import { defineCommand, type CommandReply } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { environmentOf } from "./environmentOf.ts";
import { stringsOf } from "./stringsOf.ts";
import { findDocuments } from "./findDocuments.ts";
import { anything, collectionName, document, number } from "./parseArguments.ts";
import { collectionProper } from "./views.ts";
import { runBatch, writeFields } from "./writeResults.ts";

const statement = z.strictObject({
  q: document,
  limit: number.refine((value) => value === 0 || value === 1, { error: "0 or 1" }),
  collation: document.optional(),
  hint: anything.optional(),
});

/** The fields of a delete. */
export const deleteArguments = z.strictObject({
  delete: collectionName,
  deletes: z.array(statement),
  let: document.optional(),
  ...writeFields,
});

/** Deletes one document or all that match. */
export const deleteCommand = defineCommand(
  { kind: "write", inTransaction: true, retryable: true },
  deleteArguments,
  (context, command) => remove(context, command),
);

function remove(context: CommandContext, command: z.infer<typeof deleteArguments>): CommandReply {
  let removed = 0;
  const errors = runBatch(context, command.deletes, command.ordered ?? true, (item) => {
    const strings = stringsOf(context, command.delete, item.collation);
    const environment = environmentOf(context, command.let, strings);
    const collection = collectionProper(context, command.delete);
    const found = findDocuments(context, collection, {
      filter: item.q,
      limit: item.limit === 0 ? null : item.limit,
      environment,
      hint: item.hint,
    });
    for (const before of found) if (collection !== null) context.writer.remove(collection, before);
    removed += found.length;
  });
  return { n: removed, ...(errors.length > 0 ? { writeErrors: errors } : {}) };
}
