import { cors } from "hono/cors";
import { createMiddleware } from "hono/factory";

import type { AppContext, AppRequest } from "./appContext.ts";
import { ProblemError } from "./errors.ts";

/** What a page of another origin may ask for: a plan, and its stream. */
const SHARED_PATH = /^\/api\/mealplans\/(?:updates\/)?[0-9a-f]{24}$/i;

const shareCors = cors({
  origin: (origin, c: AppRequest) => (isAllowed(c, origin) ? origin : null),
  allowMethods: ["GET"],
  allowHeaders: ["Last-Event-ID"],
  maxAge: 600,
});

/**
 * Keeps pages of other origins out. Browsers name the origin with every write and every cross-origin read; one that is
 * on the allow list may read a plan with a share token, and no credentials cross.
 * @throws ProblemError `foreign-origin`.
 */
export const guardOrigin = createMiddleware<AppContext>(async function guardOrigin(c, next) {
  const origin = c.req.header("origin");
  if (origin === undefined || origin === new URL(c.req.url).origin) return next();
  const isRead = c.req.method === "GET" || c.req.method === "OPTIONS";
  if (!isRead || !SHARED_PATH.test(c.req.path) || !isAllowed(c, origin))
    throw new ProblemError("foreign-origin");
  if (c.req.query("share") === undefined) throw new ProblemError("foreign-origin");
  return shareCors(c, next);
});

function isAllowed(c: AppRequest, origin: string): boolean {
  return (c.env.ALLOWED_ORIGINS ?? "").split(/[\s,]+/).includes(origin);
}
