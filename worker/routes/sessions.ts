import { Hono } from "hono";

import type { Session } from "../../protocol/user.ts";
import type { AppContext } from "../appContext.ts";
import { ProblemError } from "../errors.ts";
import { requireUser, sessionsOf } from "../session.ts";

/** Where somebody is signed in, at `/api/users/sessions`. */
export const sessionRoutes = new Hono<AppContext>();

sessionRoutes.use(requireUser);

sessionRoutes.get("/", async (c) => {
  const { userId, sessionId } = c.var.identity;
  const open = await sessionsOf(c.env, userId).list();
  const sessions = open.map(({ id, device, createdAt, lastSeenAt }): Session => ({
    _id: id,
    createdAt: new Date(createdAt).toISOString(),
    lastSeenAt: new Date(lastSeenAt).toISOString(),
    device,
    isThisOne: id === sessionId,
  }));
  return c.json({ sessions });
});

sessionRoutes.delete("/", async (c) => {
  const { userId, sessionId } = c.var.identity;
  await sessionsOf(c.env, userId).endAll(sessionId);
  return c.body(null, 204);
});

sessionRoutes.delete("/:id", async (c) => {
  const wasThere = await sessionsOf(c.env, c.var.identity.userId).end(c.req.param("id"));
  if (!wasThere) throw new ProblemError("not-found");
  return c.body(null, 204);
});
