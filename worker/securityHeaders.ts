import { createMiddleware } from "hono/factory";

import type { LiveContext } from "./appContext.ts";

/** `_headers` covers the page's files only: what the Worker answers has to carry its own. */
const HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  // As the page's files have it, in `_headers`.
  "strict-transport-security": "max-age=63072000; includeSubDomains",
  "x-content-type-options": "nosniff",
};

/** Puts the security headers on every answer of the API, and keeps answers out of caches. */
export const securityHeaders = createMiddleware<LiveContext>(async function securityHeaders(c, next) {
  await next();
  if (c.res.webSocket) return;
  // The headers of an answer that comes from an object can't be changed: this copies them, not the body.
  const response = new Response(c.res.body, c.res);
  for (const [name, value] of Object.entries(HEADERS)) {
    // A page says itself what it may load.
    if (!response.headers.has(name)) response.headers.set(name, value);
  }
  c.res = response;
});
