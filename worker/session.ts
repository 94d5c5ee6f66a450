import { createMiddleware } from "hono/factory";

import type { User } from "../protocol/user.ts";
import type { Accounts } from "./Accounts.ts";
import type { AppContext, AppRequest, Identity, LiveRequest } from "./appContext.ts";
import { plannerDatabaseOf } from "./database.ts";
import { ProblemError } from "./errors.ts";
import { forgetCookie, readCookie, writeCookie } from "./sessionCookie.ts";

/** As much of a browser's name for itself as is kept. */
const LONGEST_DEVICE = 200;

/** Opens a session for the user and gives the browser its cookie. */
export async function signIn(c: AppRequest, { _id, email, name }: User): Promise<void> {
  const expiresAt = Date.now() + Number(c.env.SESSION_SECONDS) * 1000;
  const identity: Identity = { userId: _id, email, name, sessionId: crypto.randomUUID(), expiresAt };
  const device = (c.req.header("user-agent") ?? "").slice(0, LONGEST_DEVICE);
  await sessionsOf(c.env, _id).begin({ id: identity.sessionId, expiresAt, device });
  await writeCookie(c, identity);
}

/** Puts the account's name and address of today into the session's cookie, where it has others. */
export async function nameSession(c: AppRequest, { email, name }: User): Promise<void> {
  const { identity } = c.var;
  if (identity.email !== email || identity.name !== name) await writeCookie(c, { ...identity, email, name });
}

/** Ends the session and closes its streams. Harmless when nobody is signed in. */
export async function signOut(c: AppRequest): Promise<void> {
  const identity = await readCookie(c);
  if (identity) await sessionsOf(c.env, identity.userId).end(identity.sessionId);
  forgetCookie(c);
}

/** Lets only signed-in users pass, and sets `identity`. @throws ProblemError `signed-out`. */
export const requireUser = createMiddleware<AppContext>(async function requireUser(c, next) {
  const identity = await sessionAccounts.identify(c);
  if (!identity) throw new ProblemError("signed-out");
  c.set("identity", identity);
  await next();
});

/** The planner's accounts, for the routes of the streams. */
export const sessionAccounts: Accounts = {
  async identify(c) {
    const identity = await readCookie(planner(c));
    return identity && (await isInUse(planner(c), identity)) ? identity : null;
  },
  claimed: (c) => readCookie(planner(c)),
  topicsOf: (c, userId) => sessionsOf(c.env, userId).topics(),
  async enter(c, holder, wish) {
    const answer = await sessionsOf(c.env, holder).enter(wish);
    if (answer.refusal !== null || answer.isSure || (await isThere(planner(c), holder))) return answer;
    return { refusal: "signed-out" };
  },
  settle: (c, holder, entered, outcome) => sessionsOf(c.env, holder).settle(entered, outcome),
};

/** The object that knows which of a user's sessions are open, or what the guests from an address stream. */
export function sessionsOf({ USER_SESSIONS }: Pick<Env, "USER_SESSIONS">, holder: string) {
  return USER_SESSIONS.getByName(holder);
}

/**
 * Whether the session is open, of an account that is there. Asked on use, and not told by a trigger: an account that an
 * operator deletes by hand is cut off within seconds also where the trigger is paused.
 */
async function isInUse(c: AppRequest, { userId, sessionId }: Identity): Promise<boolean> {
  const state = await sessionsOf(c.env, userId).use(sessionId);
  return state === "unsure" ? isThere(c, userId) : state === "open";
}

/** Whether an account is there. The sessions of one that is not are ended. */
async function isThere(c: AppRequest, userId: string): Promise<boolean> {
  const account = await plannerDatabaseOf(c, userId).users.read(userId);
  // A database that is away says nothing about the account: signed-in pages go on.
  if (account.ok || account.code !== "not-found") return true;
  await sessionsOf(c.env, userId).endAll();
  return false;
}

/** These are only ever given to the planner's own app. */
function planner(c: LiveRequest): AppRequest {
  return c as unknown as AppRequest;
}
