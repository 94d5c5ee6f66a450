import { isObjectId } from "../protocol/objectId.ts";
import type { AppRequest } from "./appContext.ts";
import { ProblemError } from "./errors.ts";

/** An id from the path. @throws ProblemError `invalid-id` when it is not 24 hex digits. */
export function objectIdParam(c: AppRequest, name: string): string {
  const id = c.req.param(name)?.toLowerCase() ?? "";
  if (!isObjectId(id)) throw new ProblemError("invalid-id", { detail: `${name} is not an id` });
  return id;
}
