import { deleteCookie, getSignedCookie, setSignedCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import * as z from "zod";

import type { User } from "../protocol/user.ts";
import type { Accounts } from "./Accounts.ts";
import type { AppContext, AppRequest, Identity, LiveRequest } from "./appContext.ts";
import { ProblemError } from "./errors.ts";
import { parseJson } from "./requestBody.ts";

const COOKIE = "session";

const identitySchema = z.strictObject({
  userId: z.string().regex(/^[0-9a-f]{24}$/),
  email: z.string(),
  name: z.string(),
  sessionId: z.uuid(),
  expiresAt: z.int(),
});

/** Opens a session for the user and gives the browser its cookie. */
export async function signIn(c: AppRequest, user: User): Promise<void> {
  const lifetime = Number(c.env.SESSION_SECONDS);
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
  const identity = await sessionAccounts.identify(c);
  if (!identity) throw new ProblemError("signed-out");
  c.set("identity", identity);
  await next();
});

/** Who the cookie says is asking: unforged and unexpired, but maybe of a session that was ended. `null` for nobody. */
async function claimedIdentity(c: AppRequest): Promise<Identity | null> {
  const identity = await readCookie(c);
  return identity && identity.expiresAt > Date.now() ? identity : null;
}

/** The planner's accounts, for the routes of the streams. */
export const sessionAccounts: Accounts = {
  async identify(c) {
    const identity = await claimedIdentity(planner(c));
    if (!identity) return null;
    return (await sessionsOf(planner(c), identity.userId).isOpen(identity.sessionId)) ? identity : null;
  },
  claimed: (c) => claimedIdentity(planner(c)),
  openStream: (c, { userId, sessionId }, topic) =>
    sessionsOf(planner(c), userId).openStream(sessionId, topic),
  topicsOf: (c, userId) => sessionsOf(planner(c), userId).topics(),
};

/** These are only ever given to the planner's own app. */
function planner(c: LiveRequest): AppRequest {
  return c as unknown as AppRequest;
}

/** The object that knows which of a user's sessions are open. */
function sessionsOf(c: AppRequest, userId: string) {
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
