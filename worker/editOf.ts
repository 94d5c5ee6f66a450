import type { Edit } from "../planner/Edit.ts";
import type { AppRequest } from "./appContext.ts";

/** Who makes the edit that a request asks for, and when. */
export function editOf(c: AppRequest): Edit {
  return { userId: c.var.identity.userId, at: new Date() };
}
