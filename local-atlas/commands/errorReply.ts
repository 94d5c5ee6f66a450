import { BSONError } from "bson";
import type { BsonDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import { isStackOverflow, tooDeep } from "../errors/checkNesting.ts";
import { codeNameOf, type LabelContext, labelsOf } from "../errors/errorLabels.ts";
import { InjectedError } from "../failPoints/FailPoints.ts";

const INTERNAL_ERROR = { code: 1, codeName: "InternalError" } as const;

/** The answer to a command that failed, without `ok` and the times. */
export function errorReply(error: unknown, context: LabelContext): BsonDocument {
  if (error instanceof BSONError) return describe(new CommandError("InvalidBSON", error.message), context);
  if (isStackOverflow(error)) return describe(tooDeep(), context);
  if (error instanceof CommandError) return describe(error, context);
  if (error instanceof InjectedError) return describeInjected(error, context);
  return { errmsg: "an internal error of the local server: see its log", ...INTERNAL_ERROR };
}

function describe(error: CommandError, context: LabelContext): BsonDocument {
  const own = error.labels.filter((label) => context.inTransaction || label !== "TransientTransactionError");
  return {
    ...labelField([...new Set([...own, ...labelsOf(error.code, context)])]),
    errmsg: error.message,
    code: error.code,
    codeName: error.codeName,
    ...error.details,
  };
}

function describeInjected(error: InjectedError, context: LabelContext): BsonDocument {
  return {
    ...labelField(error.labels ?? labelsOf(error.code, context)),
    errmsg: error.message,
    code: error.code,
    codeName: codeNameOf(error.code),
  };
}

/** The field by which an answer tells labels; nothing where there are none. */
export function labelField(labels: readonly string[]): BsonDocument {
  return labels.length > 0 ? { errorLabels: labels } : {};
}
