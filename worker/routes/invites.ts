import { Hono } from "hono";

import type { AppContext } from "../appContext.ts";
import { databaseOf } from "../database.ts";
import { valueOf } from "../errors.ts";
import { publishAfterWrite } from "../fastPath.ts";
import { sha256Hex } from "../reader.ts";
import { requireUser } from "../session.ts";

/** Accepting an invitation, at `/api/invites`. */
export const inviteRoutes = new Hono<AppContext>();

inviteRoutes.post("/:token/accept", requireUser, async (c) => {
  const { userId, name } = c.var.identity;
  const tokenHash = await sha256Hex(c.req.param("token"));
  const answer = await databaseOf(c, userId).memberships.accept(tokenHash, { userId, name }, new Date());
  const { household, updates } = valueOf(answer);
  publishAfterWrite(c, updates);
  return c.json(household);
});
