import { Hono } from "hono";

import { streams } from "../../streams/index.ts";
import type { AppContext, AppRequest } from "../appContext.ts";
import { plannerDatabaseOf } from "../database.ts";
import { unwrap } from "../errors.ts";
import { limitLookups } from "../limits.ts";
import { publishAfterWrite } from "../publishAfterWrite.ts";
import { readJson } from "../requestBody.ts";
import { inviteTokenSchema } from "../schemas/household.ts";
import { requireUser } from "../session.ts";
import { sha256Hex } from "../sha256.ts";

/** Looking at an invitation and accepting it, at `/api/invites`. */
export const inviteRoutes = new Hono<AppContext>();

inviteRoutes.post("/preview", async (c) => {
  await limitLookups(c);
  const tokenHash = await sha256Hex((await readJson(c, inviteTokenSchema)).token);
  return c.json(unwrap(await plannerDatabaseOf(c, tokenHash).invites.preview(tokenHash, new Date())));
});

inviteRoutes.post("/accept", requireUser, async (c) =>
  accept(c, (await readJson(c, inviteTokenSchema)).token),
);

// Older: addresses end up in logs, and a token in them with it.
inviteRoutes.post("/:token/accept", requireUser, async (c) => accept(c, c.req.param("token")));

async function accept(c: AppRequest, token: string): Promise<Response> {
  const { userId } = c.var.identity;
  const tokenHash = await sha256Hex(token);
  const { memberships } = plannerDatabaseOf(c, userId);
  const { household, changes } = unwrap(await memberships.accept(tokenHash, userId, new Date()));
  publishAfterWrite(c, streams, changes);
  return c.json(household);
}
