import { Hono } from "hono";

import type { NewShare } from "../../protocol/mealPlan.ts";
import type { AppContext } from "../appContext.ts";
import { databaseOf } from "../database.ts";
import { valueOf } from "../errors.ts";
import { publishAfterWrite } from "../fastPath.ts";
import { objectIdParam } from "../params.ts";
import { sha256Hex } from "../reader.ts";
import { readJson } from "../requestBody.ts";
import { newShareSchema } from "../schemas/share.ts";
import { requireUser } from "../session.ts";
import { newToken } from "../token.ts";

/** The read-only links to a plan, at `/api/mealplans`. */
export const shareRoutes = new Hono<AppContext>();

shareRoutes.get("/:id/shares", requireUser, async (c) => {
  const planId = objectIdParam(c, "id");
  return c.json(valueOf(await databaseOf(c, planId).shares.list(planId, c.var.identity.userId, new Date())));
});

shareRoutes.post("/:id/shares", requireUser, async (c) => {
  const planId = objectIdParam(c, "id");
  const now = new Date();
  const { expiresAt } = await readJson(c, newShareSchema(now));
  const token = newToken();
  const wish = { tokenHash: await sha256Hex(token), expiresAt };
  const answer = await databaseOf(c, planId).shares.add(planId, wish, c.var.identity.userId, now);
  const { share, update } = valueOf(answer);
  publishAfterWrite(c, [update]);
  // The token stands behind the #, which browsers keep to themselves: it reaches no server's log.
  const url = `${new URL(c.req.url).origin}/shared/${planId}#${token}`;
  const told: NewShare = { _id: share._id, url, token, expiresAt: share.expiresAt };
  return c.json(told, 201);
});

shareRoutes.delete("/:id/shares/:shareId", requireUser, async (c) => {
  const planId = objectIdParam(c, "id");
  const shareId = objectIdParam(c, "shareId");
  const { shares } = databaseOf(c, planId);
  const answer = await shares.remove(planId, shareId, c.var.identity.userId, new Date());
  publishAfterWrite(c, [valueOf(answer)]);
  return c.body(null, 204);
});
