import { BSONError } from "bson";
import type { BsonDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";

const INTERNAL_ERROR = { code: 1, codeName: "InternalError" } as const;

/** The answer to a command that failed, without `ok` and the times. */
export function errorReply(error: unknown, inTransaction: boolean): BsonDocument {
  if (error instanceof BSONError) return describe(new CommandError("InvalidBSON", error.message), false);
  if (error instanceof CommandError) return describe(error, inTransaction);
  return { errmsg: "an internal error of the local server: see its log", ...INTERNAL_ERROR };
}

function describe(error: CommandError, inTransaction: boolean): BsonDocument {
  const labels = error.labels.filter((label) => inTransaction || label !== "TransientTransactionError");
  return {
    ...(labels.length > 0 ? { errorLabels: labels } : {}),
    errmsg: error.message,
    code: error.code,
    codeName: error.codeName,
    ...error.details,
  };
}
