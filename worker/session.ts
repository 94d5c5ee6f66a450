import { deleteCookie, getSignedCookie, setSignedCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import * as z from "zod";

import type { User } from "../protocol/user.ts";
import type { AppContext, AppRequest, Identity } from "./appContext.ts";
import { ProblemError } from "./errors.ts";
import { parseJson } from "./requestBody.ts";

const COOKIE = "session";
const LIFETIME_SECONDS = 30 * 86_400;

const identitySchema = z.strictObject({
  userId: z.string().regex(/^[0-9a-f]{24}$/),
  email: z.string(),
  name: z.string(),
  sessionId: z.uuid(),
  expiresAt: z.int(),
});

/** Opens a session for the user and gives the browser its cookie. */
export async function signIn(c: AppRequest, user: User): Promise<void> {
  const lifetime = Number(c.env.SESSION_SECONDS ?? LIFETIME_SECONDS);
  const identity: Identity = {
    userId: user._id,
    email: user.email,
    name: user.name,
    sessionId: crypto.randomUUID(),
    expiresAt: Date.now() + lifetime * 1000,
  };
  await sessionsOf(c, identity.userId).begin(identity.sessionId, identity.expiresAt);
  // Signed, not encrypted: it holds nothing that its owner may not read.
  await setSignedCookie(c, COOKIE, JSON.stringify(identity), c.env.SESSION_SECRET, {
    httpOnly: true,
    sameSite: "Lax",
    path: "/",
    maxAge: lifetime,
    ...(isSecure(c) && { secure: true, prefix: "host" as const }),
  });
}

/** Ends the session and closes its streams. Harmless when nobody is signed in. */
export async function signOut(c: AppRequest): Promise<void> {
  const identity = await readCookie(c);
  if (identity) await sessionsOf(c, identity.userId).end(identity.sessionId);
  deleteCookie(c, COOKIE, { path: "/", ...(isSecure(c) && { secure: true, prefix: "host" as const }) });
}

/** Lets only signed-in users pass, and sets `identity`. @throws ProblemError `signed-out`. */
export const requireUser = createMiddleware<AppContext>(async function requireUser(c, next) {
  const identity = await identityOf(c);
  if (!(await sessionsOf(c, identity.userId).isOpen(identity.sessionId)))
    throw new ProblemError("signed-out");
  c.set("identity", identity);
  await next();
});

/**
 * Who the cookie says is asking, and where: unforged and unexpired. Whether the session was ended meanwhile is for the
 * caller to ask of `sessionsOf`. @throws ProblemError `signed-out`.
 */
export async function identityOf(c: AppRequest): Promise<Identity> {
  const identity = await readCookie(c);
  if (!identity || identity.expiresAt <= Date.now()) throw new ProblemError("signed-out");
  return identity;
}

/** The object that knows which of a user's sessions are open. */
export function sessionsOf(c: AppRequest, userId: string) {
  return c.env.USER_SESSIONS.getByName(userId);
}

async function readCookie(c: AppRequest): Promise<Identity | null> {
  const prefix = isSecure(c) ? "host" : undefined;
  const text = await getSignedCookie(c, c.env.SESSION_SECRET, COOKIE, prefix);
  if (!text) return null;
  return identitySchema.safeParse(parseJson(text)).data ?? null;
}

/** Browsers refuse `__Host-` and Secure cookies over plain http, which only a local server speaks. */
function isSecure(c: AppRequest): boolean {
  return new URL(c.req.url).protocol === "https:";
}
