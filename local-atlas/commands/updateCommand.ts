import { z } from "zod";
import { CommandError } from "../errors/CommandError.ts";
import { applyUpdate, parseUpdate, pathsOf } from "../update/applyUpdate.ts";
import { compileArrayFilters } from "../update/expandPath.ts";
import { defineCommand, type CommandReply } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { environmentOf } from "./environmentOf.ts";
import { stringsOf } from "./stringsOf.ts";
import { findDocuments } from "./findDocuments.ts";
import { anything, collectionName, document, documents, flag } from "./parseArguments.ts";
import { documentForUpsert } from "./upsert.ts";
import { validateDocument } from "../validation/validateDocument.ts";
import { collectionProper, ensureCollection } from "./views.ts";
import { runBatch, writeFields } from "./writeResults.ts";

const statement = z.strictObject({
  q: document,
  u: anything,
  upsert: flag.optional(),
  multi: flag.optional(),
  arrayFilters: documents.optional(),
  collation: document.optional(),
  hint: anything.optional(),
});

/** The fields of an update. */
export const updateArguments = z.strictObject({
  update: collectionName,
  updates: z.array(statement),
  let: document.optional(),
  ...writeFields,
});

type Statement = z.infer<typeof statement>;

interface Outcome {
  readonly matched: number;
  readonly modified: number;
  readonly upserted: unknown;
  readonly isUpsert: boolean;
}

/** Changes or replaces documents. */
export const updateCommand = defineCommand(
  { kind: "write", inTransaction: true, retryable: true },
  updateArguments,
  (context, command) => update(context, command),
);

function update(context: CommandContext, command: z.infer<typeof updateArguments>): CommandReply {
  const outcomes: (Outcome & { readonly index: number })[] = [];
  const errors = runBatch(context, command.updates, command.ordered ?? true, (item, index) => {
    outcomes.push({ ...updateOnce(context, command, item), index });
  });
  const upserted = outcomes.filter((outcome) => outcome.isUpsert);
  return {
    n: outcomes.reduce((sum, outcome) => sum + outcome.matched, 0) + upserted.length,
    nModified: outcomes.reduce((sum, outcome) => sum + outcome.modified, 0),
    ...(upserted.length > 0
      ? { upserted: upserted.map(({ index, upserted: id }) => ({ index, _id: id })) }
      : {}),
    ...(errors.length > 0 ? { writeErrors: errors } : {}),
  };
}

function updateOnce(
  context: CommandContext,
  { update: name, let: variables, bypassDocumentValidation: isBypassed }: z.infer<typeof updateArguments>,
  item: Statement,
): Outcome {
  const environment = environmentOf(context, variables, stringsOf(context, name, item.collation));
  const parsed = parseUpdate(item.u);
  if (parsed.kind === "replacement" && item.multi === true) {
    throw new CommandError("FailedToParse", "multi update is not supported for replacement-style update");
  }
  if (parsed.kind === "pipeline" && item.arrayFilters !== undefined) {
    throw new CommandError("FailedToParse", "arrayFilters may not be specified for pipeline-syle updates");
  }
  const paths = {
    filter: item.q,
    arrayFilters: compileArrayFilters(item.arrayFilters ?? [], pathsOf(parsed), environment),
    environment,
  };
  const limit = item.multi === true ? null : 1;
  const collection = collectionProper(context, name);
  const found = findDocuments(context, collection, { filter: item.q, limit, environment, hint: item.hint });
  if (collection !== null && found.length > 0) {
    let modified = 0;
    for (const before of found) {
      const result = applyUpdate(before, parsed, paths, { isInsert: false, environment });
      if (result === null) continue;
      if (isBypassed !== true) validateDocument(collection, result.document, before.document);
      context.writer.update(collection, before, result, result.change);
      modified++;
    }
    return { matched: found.length, modified, upserted: null, isUpsert: false };
  }
  if (item.upsert !== true) return { matched: 0, modified: 0, upserted: null, isUpsert: false };
  const version = documentForUpsert(parsed, paths, { isInsert: true, environment });
  const target = ensureCollection(context, name);
  if (isBypassed !== true) validateDocument(target, version.document, null);
  context.writer.insert(target, version);
  return { matched: 0, modified: 0, upserted: version.document["_id"], isUpsert: true };
}
