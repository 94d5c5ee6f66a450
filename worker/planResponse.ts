import type { AppRequest } from "./appContext.ts";

/** Answers with a plan's wire JSON as it is, so that it equals the stream's `data` byte for byte. */
export function planResponse(c: AppRequest, data: string, status: 200 | 201 = 200): Response {
  return c.body(data, status, { "content-type": "application/json" });
}
