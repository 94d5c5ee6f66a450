import { Hono } from "hono";

import type { NewShare } from "../../protocol/mealPlan.ts";
import type { AppContext } from "../appContext.ts";
import { plannerDatabaseOf } from "../database.ts";
import { linkOrigin } from "../linkOrigin.ts";
import { unwrap } from "../errors.ts";
import { topicName } from "../../streams/declare/topicName.ts";
import { streams } from "../../streams/index.ts";
import { mealplans } from "../../streams/mealplans.ts";
import { publishAfterWrite } from "../publishAfterWrite.ts";
import { objectIdParam } from "../params.ts";
import { sha256Hex } from "../sha256.ts";
import { newShareToken } from "../shareToken.ts";
import { readJson } from "../requestBody.ts";
import { newShareSchema } from "../schemas/share.ts";
import { requireUser } from "../session.ts";

/** The read-only links to a plan, at `/api/mealplans`. */
export const shareRoutes = new Hono<AppContext>();

shareRoutes.get("/:id/shares", requireUser, async (c) => {
  const planId = objectIdParam(c, "id");
  return c.json(
    unwrap(await plannerDatabaseOf(c, planId).shares.list(planId, c.var.identity.userId, new Date())),
  );
});

shareRoutes.post("/:id/shares", requireUser, async (c) => {
  const planId = objectIdParam(c, "id");
  const now = new Date();
  const { expiresAt } = await readJson(c, newShareSchema(now));
  const token = newShareToken(c.env, topicName(mealplans, planId));
  const link = { tokenHash: await sha256Hex(token), expiresAt };
  const answer = await plannerDatabaseOf(c, planId).shares.add(planId, link, c.var.identity.userId, now);
  const { share, changes } = unwrap(answer);
  publishAfterWrite(c, streams, changes);
  // The token stands behind the #, which browsers keep to themselves: it reaches no server's log.
  const url = `${linkOrigin(c)}/shared/${planId}#${token}`;
  const made: NewShare = { _id: share._id, url, token, expiresAt: share.expiresAt };
  return c.json(made, 201);
});

shareRoutes.delete("/:id/shares/:shareId", requireUser, async (c) => {
  const planId = objectIdParam(c, "id");
  const shareId = objectIdParam(c, "shareId");
  const { shares } = plannerDatabaseOf(c, planId);
  const answer = await shares.remove(planId, shareId, c.var.identity.userId, new Date());
  publishAfterWrite(c, streams, unwrap(answer));
  return c.body(null, 204);
});
