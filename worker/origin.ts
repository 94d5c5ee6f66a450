import { cors } from "hono/cors";
import { createMiddleware } from "hono/factory";

import { isPublic } from "../streams/declare/readers.ts";
import type { Stream } from "../streams/declare/Stream.ts";
import type { LiveContext, LiveRequest } from "./appContext.ts";
import { ProblemError } from "./errors.ts";

/** What a page of another origin may ask for with a share token: a plan, or the topic of a stream. */
const SHARED_PATH = /^\/api\/(?:mealplans\/(?:updates\/)?|streams\/[a-z0-9-]+\/)[0-9a-f]{24}$/i;

const STREAM_PATH = /^\/api\/streams\/([a-z0-9-]+)(?:\/[^/]*)?$/;

const publicCors = cors({
  origin: (origin, c: LiveRequest) => (isAllowed(c, origin) ? origin : null),
  allowMethods: ["GET"],
  allowHeaders: ["Last-Event-ID"],
  maxAge: 600,
});

/**
 * Keeps pages of other origins out. Browsers name the origin with every write and every cross-origin read; one that is
 * on the allow list may read what is public or shared with it by a token, and no credentials cross.
 * @throws ProblemError `foreign-origin`.
 */
export function guardOrigin(streams: readonly Stream[]) {
  return createMiddleware<LiveContext>(async function originGuard(c, next) {
    const origin = c.req.header("origin");
    if (origin === undefined || origin === new URL(c.req.url).origin) return next();
    const isRead = c.req.method === "GET" || c.req.method === "OPTIONS";
    if (!isRead || !isAllowed(c, origin) || !isOpenToAll(c, streams))
      throw new ProblemError("foreign-origin");
    return publicCors(c, next);
  });
}

/** Whether the answer is the same for everybody who knows the address. */
function isOpenToAll(c: LiveRequest, streams: readonly Stream[]): boolean {
  const name = STREAM_PATH.exec(c.req.path)?.[1];
  if (streams.some((stream) => stream.name === name && isPublic(stream))) return true;
  return SHARED_PATH.test(c.req.path) && c.req.query("share") !== undefined;
}

function isAllowed(c: LiveRequest, origin: string): boolean {
  return (c.env.ALLOWED_ORIGINS ?? "").split(/[\s,]+/).includes(origin);
}
