import { z } from "zod";
import { anything, collectionName, count, document, documents, flag, number } from "./parseArguments.ts";

/** The fields of an aggregate. */
export const aggregateArguments = z.strictObject({
  aggregate: z.union([collectionName, number]),
  pipeline: documents,
  cursor: z.strictObject({ batchSize: count.optional() }).optional(),
  explain: flag.optional(),
  allowDiskUse: flag.optional(),
  bypassDocumentValidation: flag.optional(),
  hint: anything.optional(),
  collation: document.optional(),
  let: document.optional(),
});

export type AggregateArguments = z.infer<typeof aggregateArguments>;
