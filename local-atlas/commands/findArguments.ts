import { z } from "zod";
import { anything, collectionName, count, document, flag } from "./parseArguments.ts";

/** The fields of a find. */
export const findArguments = z.strictObject({
  find: collectionName,
  filter: document.optional(),
  sort: document.optional(),
  projection: document.optional(),
  hint: anything.optional(),
  skip: count.optional(),
  limit: count.optional(),
  batchSize: count.optional(),
  singleBatch: flag.optional(),
  collation: document.optional(),
  let: document.optional(),
  allowDiskUse: flag.optional(),
  allowPartialResults: flag.optional(),
  noCursorTimeout: flag.optional(),
  oplogReplay: flag.optional(),
  tailable: flag.optional(),
  awaitData: flag.optional(),
  min: document.optional(),
  max: document.optional(),
  returnKey: flag.optional(),
  showRecordId: flag.optional(),
  mirrored: anything.optional(),
});

/** A checked find. */
export type FindArguments = z.infer<typeof findArguments>;
