import { z } from "zod";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { isNumeric, toNumber } from "../bson/numbers.ts";

const number = z
  .custom<unknown>(isNumeric, "number")
  .transform((value) => (isNumeric(value) ? toNumber(value) : 0));
const text = z.string();

/** When a fail point fires. */
export const modeSchema = z.union([
  z.literal("off"),
  z.literal("alwaysOn"),
  z.strictObject({ times: number }),
  z.strictObject({ skip: number }),
]);

/** What `failCommand` does to the commands that it names. */
export const failCommandSchema = z.strictObject({
  failCommands: z.array(text),
  errorCode: number.optional(),
  errorLabels: z.array(text).optional(),
  errorExtraInfo: z.custom<BsonDocument>(isDocument).optional(),
  closeConnection: z.boolean().optional(),
  blockConnection: z.boolean().optional(),
  blockTimeMS: number.optional(),
  writeConcernError: z.custom<BsonDocument>(isDocument).optional(),
  appName: text.optional(),
  namespace: text.optional(),
  failInternalCommands: z.boolean().optional(),
});

/** What `onPrimaryTransactionalWrite` does to a numbered write, after it was done. */
export const failTransactionalWriteSchema = z.strictObject({
  closeConnection: z.boolean().optional(),
  failBeforeCommitExceptionCode: number.optional(),
});

export type FailPointMode = z.infer<typeof modeSchema>;
export type FailCommand = z.infer<typeof failCommandSchema>;
export type FailTransactionalWrite = z.infer<typeof failTransactionalWriteSchema>;
