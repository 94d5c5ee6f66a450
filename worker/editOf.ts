import type { Edit } from "../planner/Edit.ts";
import type { AppRequest } from "./appContext.ts";
import { parseWith } from "./parseWith.ts";
import { editHeadersSchema } from "./schemas/editHeaders.ts";

/** Who makes the edit that a request asks for, when, and by which key. @throws ProblemError `invalid-header`. */
export function editOf(c: AppRequest): Edit {
  const header = c.req.header("idempotency-key");
  const headers = parseWith(
    editHeadersSchema,
    header === undefined ? {} : { "idempotency-key": header },
    "invalid-header",
  );
  return { userId: c.var.identity.userId, at: new Date(), key: headers["idempotency-key"] ?? null };
}
