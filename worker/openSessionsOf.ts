import type { Session } from "../protocol/user.ts";
import type { AppRequest } from "./appContext.ts";
import { sessionsOf } from "./session.ts";

/** Where the person who asks is signed in, the last seen first. */
export async function openSessionsOf(c: AppRequest): Promise<readonly Session[]> {
  const { userId, sessionId } = c.var.identity;
  const open = await sessionsOf(c.env, userId).list();
  return open.map(({ id, device, createdAt, lastSeenAt }) => ({
    _id: id,
    createdAt: new Date(createdAt).toISOString(),
    lastSeenAt: new Date(lastSeenAt).toISOString(),
    device,
    isThisOne: id === sessionId,
  }));
}
