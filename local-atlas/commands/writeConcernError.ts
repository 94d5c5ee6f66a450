import type { BsonDocument } from "../bson/BsonDocument.ts";
import { codeNameOf, isRetryableCode } from "../errors/errorLabels.ts";
import type { Call } from "./Call.ts";
import { labelField } from "./errorReply.ts";
import type { WriteConcern } from "./genericArguments.ts";

/**
 * What the answer to a write adds when not as many members have it as the client wants, or when a fail point says so;
 * `null` when there is nothing to add. The write was done all the same: the client has to know both.
 */
export function writeConcernError({ generic, fault, labels }: Call): BsonDocument | null {
  const injected = fault?.writeConcernError;
  const error = injected === undefined ? unsatisfied(generic.writeConcern) : { ...injected };
  if (error === null) return null;
  const code = Number(error["code"]);
  const canRetry = (labels.isRetryableWrite || labels.endsTransaction) && isRetryableCode(code);
  const own = fault?.errorLabels ?? (canRetry ? ["RetryableWriteError"] : []);
  return { ...labelField(own), writeConcernError: { codeName: codeNameOf(code), ...error } };
}

/** We are one member: what asks for more can never be acknowledged. */
function unsatisfied(concern: WriteConcern | null): BsonDocument | null {
  const w = concern?.w ?? 1;
  const errInfo = { writeConcern: { w, wtimeout: concern?.wtimeout ?? 0, provenance: "clientSupplied" } };
  if (typeof w === "number" && w > 1) return { code: 100, errmsg: "Not enough data-bearing nodes", errInfo };
  if (typeof w === "string" && w !== "majority") {
    const errmsg = `No write concern mode named '${w}' found in replica set configuration`;
    return { code: 79, errmsg, errInfo };
  }
  return null;
}
