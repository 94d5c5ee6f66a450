import { Hono } from "hono";

import type { Invite } from "../../protocol/household.ts";
import { weekOf } from "../../protocol/week.ts";
import type { AppContext, AppRequest } from "../appContext.ts";
import { databaseOf } from "../database.ts";
import { valueOf } from "../errors.ts";
import { publishAfterWrite } from "../fastPath.ts";
import { objectIdParam } from "../params.ts";
import { parseWith } from "../parseWith.ts";
import { planResponse } from "../planResponse.ts";
import { sha256Hex } from "../reader.ts";
import { readJson } from "../requestBody.ts";
import { householdChangeSchema, newHouseholdSchema, weekQuerySchema } from "../schemas/household.ts";
import { requireUser } from "../session.ts";
import { newToken } from "../token.ts";

/** Households, their members and their plans by week, at `/api/households`. */
export const householdRoutes = new Hono<AppContext>();

const INVITE_MS = 7 * 86_400_000;

householdRoutes.use(requireUser);

householdRoutes.get("/", async (c) => {
  const { userId } = c.var.identity;
  return c.json(valueOf(await databaseOf(c, userId).households.list(userId)));
});

householdRoutes.post("/", async (c) => {
  const wish = await readJson(c, newHouseholdSchema);
  const { userId, name } = c.var.identity;
  const answer = await databaseOf(c, userId).households.add(wish, { userId, name }, new Date());
  const { household, updates } = valueOf(answer);
  publishAfterWrite(c, updates);
  return c.json(household, 201);
});

householdRoutes.get("/:id", async (c) => {
  const { id, userId } = asked(c);
  return c.json(valueOf(await databaseOf(c, id).households.read(id, userId)));
});

householdRoutes.patch("/:id", async (c) => {
  const { id, userId } = asked(c);
  const { name } = await readJson(c, householdChangeSchema);
  return c.json(valueOf(await databaseOf(c, id).households.rename(id, name, userId, new Date())));
});

householdRoutes.delete("/:id", async (c) => {
  const { id, userId } = asked(c);
  publishAfterWrite(c, valueOf(await databaseOf(c, id).households.remove(id, userId, new Date())));
  return c.body(null, 204);
});

householdRoutes.post("/:id/invites", async (c) => {
  const { id, userId } = asked(c);
  const now = new Date();
  const token = newToken();
  const invite = { tokenHash: await sha256Hex(token), expiresAt: new Date(now.getTime() + INVITE_MS) };
  valueOf(await databaseOf(c, id).memberships.invite(id, invite, userId, now));
  const url = `${new URL(c.req.url).origin}/invites/${token}`;
  const told: Invite = { token, url, expiresAt: invite.expiresAt.toISOString() };
  return c.json(told, 201);
});

householdRoutes.delete("/:id/members/:userId", async (c) => {
  const { id, userId } = asked(c);
  const memberId = objectIdParam(c, "userId");
  const answer = await databaseOf(c, id).memberships.remove(id, memberId, userId, new Date());
  publishAfterWrite(c, valueOf(answer).updates);
  return c.body(null, 204);
});

householdRoutes.get("/:id/mealplans", async (c) => {
  const { id, userId } = asked(c);
  const now = new Date();
  const { week = weekOf(now) } = parseWith(weekQuerySchema, c.req.query(), "invalid-query");
  const { data, made } = valueOf(await databaseOf(c, id).mealPlans.ofWeek(id, week, userId, now));
  if (made) publishAfterWrite(c, [made]);
  return planResponse(c, data);
});

/** Which household the request is about, and who asks. */
function asked(c: AppRequest): { readonly id: string; readonly userId: string } {
  return { id: objectIdParam(c, "id"), userId: c.var.identity.userId };
}
