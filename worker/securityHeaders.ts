import { createMiddleware } from "hono/factory";

import type { AppContext } from "./appContext.ts";

/** `_headers` covers the page's files only: what the Worker answers has to carry its own. */
const HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000",
  "x-content-type-options": "nosniff",
};

/** Puts the security headers on every answer of the API, and keeps answers out of caches. */
export const securityHeaders = createMiddleware<AppContext>(async function securityHeaders(c, next) {
  await next();
  if (c.res.webSocket) return;
  // The headers of an answer that comes from an object can't be changed: this copies them, not the body.
  const response = new Response(c.res.body, c.res);
  for (const [name, value] of Object.entries(HEADERS)) response.headers.set(name, value);
  if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store");
  c.res = response;
});
