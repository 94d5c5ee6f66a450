import { Hono } from "hono";

import type { AppContext } from "../appContext.ts";
import { ProblemError } from "../errors.ts";
import { openSessionsOf } from "../openSessionsOf.ts";
import { requireUser, sessionsOf } from "../session.ts";

/** Where somebody is signed in, at `/api/users/sessions`. */
export const sessionRoutes = new Hono<AppContext>();

sessionRoutes.use(requireUser);

sessionRoutes.get("/", async (c) => c.json({ sessions: await openSessionsOf(c) }));

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
