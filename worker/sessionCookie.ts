import { deleteCookie, getSignedCookie, setSignedCookie } from "hono/cookie";
import * as z from "zod";

import type { AppRequest, Identity } from "./appContext.ts";
import { parseJson } from "./requestBody.ts";

const COOKIE = "session";

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

const identitySchema = z.strictObject({
  userId: z.string().regex(/^[0-9a-f]{24}$/),
  email: z.string(),
  name: z.string(),
  sessionId: z.uuid(),
  expiresAt: z.int(),
});

/** Gives the browser the session's cookie. Signed, not encrypted: it holds nothing that its owner may not read. */
export async function writeCookie(c: AppRequest, identity: Identity): Promise<void> {
  await setSignedCookie(c, COOKIE, JSON.stringify(identity), c.env.SESSION_SECRET, {
    ...cookieOptions(c),
    httpOnly: true,
    sameSite: "Lax",
    maxAge: Math.max(0, Math.floor((identity.expiresAt - Date.now()) / 1000)),
  });
}

/** Takes the session's cookie away. */
export function forgetCookie(c: AppRequest): void {
  deleteCookie(c, COOKIE, cookieOptions(c));
}

/** Who the cookie says is asking: unforged and unexpired, but maybe of a session that was ended. `null` for nobody. */
export async function readCookie(c: AppRequest): Promise<Identity | null> {
  const text = await getSignedCookie(c, c.env.SESSION_SECRET, COOKIE, cookieOptions(c).prefix);
  if (!text) return null;
  const identity = identitySchema.safeParse(parseJson(text)).data;
  return identity && identity.expiresAt > Date.now() ? identity : null;
}

/**
 * How cookies of this server are set. Browsers refuse `__Host-` and Secure cookies over plain http, which only a server
 * on the same machine may speak.
 */
export function cookieOptions(c: Pick<AppRequest, "req">) {
  const { protocol, hostname } = new URL(c.req.url);
  const isPlain = protocol === "http:" && LOOPBACK.test(hostname);
  return { path: "/", ...(!isPlain && { secure: true, prefix: "host" as const }) };
}
