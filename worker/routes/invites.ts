import { Hono } from "hono";

import type { AppContext } from "../appContext.ts";
import { plannerDatabaseOf } from "../database.ts";
import { unwrap } from "../errors.ts";
import { streams } from "../../streams/index.ts";
import { publishAfterWrite } from "../publishAfterWrite.ts";
import { sha256Hex } from "../sha256.ts";
import { requireUser } from "../session.ts";

/** Accepting an invitation, at `/api/invites`. */
export const inviteRoutes = new Hono<AppContext>();

inviteRoutes.post("/:token/accept", requireUser, async (c) => {
  const { userId, name } = c.var.identity;
  const tokenHash = await sha256Hex(c.req.param("token"));
  const answer = await plannerDatabaseOf(c, userId).memberships.accept(
    tokenHash,
    { userId, name },
    new Date(),
  );
  const { household, changes } = unwrap(answer);
  publishAfterWrite(c, streams, changes);
  return c.json(household);
});
