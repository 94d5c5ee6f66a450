import type { LiveRequest } from "./appContext.ts";

/**
 * What links that people pass on begin with: `ORIGIN`, or what the request was sent to where it is not set. A proxy may
 * pass on any `Host` that a client makes up, so a deployment sets it.
 */
export function linkOrigin(c: Pick<LiveRequest, "req" | "env">): string {
  return URL.parse(c.env.ORIGIN ?? "")?.origin ?? new URL(c.req.url).origin;
}
