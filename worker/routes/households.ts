import { Hono } from "hono";

import type { Invite } from "../../protocol/household.ts";
import { weekOf } from "../../protocol/week.ts";
import type { AppContext, AppRequest } from "../appContext.ts";
import { plannerDatabaseOf } from "../database.ts";
import { editOf } from "../editOf.ts";
import { linkOrigin } from "../linkOrigin.ts";
import { unwrap } from "../errors.ts";
import { streams } from "../../streams/index.ts";
import { publishAfterWrite } from "../publishAfterWrite.ts";
import { objectIdParam } from "../params.ts";
import { parseWith } from "../parseWith.ts";
import { planResponse } from "../planAnswers.ts";
import { sha256Hex } from "../sha256.ts";
import { readJson, readOptionalJson } from "../requestBody.ts";
import {
  householdChangeSchema,
  newHouseholdSchema,
  newInviteSchema,
  roleChangeSchema,
  weekQuerySchema,
} from "../schemas/household.ts";
import { readAnewFor } from "../readAnewFor.ts";
import { requireUser, sessionAccounts } from "../session.ts";
import { newToken } from "../token.ts";

/** Households, their members and their plans by week, at `/api/households`. */
export const householdRoutes = new Hono<AppContext>();

const INVITE_MS = { once: 7 * 86_400_000, day: 86_400_000 } as const;

householdRoutes.use(requireUser);

householdRoutes.get("/", async (c) => {
  const { userId } = c.var.identity;
  return c.json(unwrap(await plannerDatabaseOf(c, userId).households.list(userId)));
});

householdRoutes.post("/", async (c) => {
  const wanted = await readJson(c, newHouseholdSchema);
  const { userId } = c.var.identity;
  const answer = await plannerDatabaseOf(c, userId).households.add(wanted, userId, new Date());
  const { household, changes } = unwrap(answer);
  publishAfterWrite(c, streams, changes);
  return c.json(household, 201);
});

householdRoutes.get("/:id", async (c) => {
  const { id, userId } = requested(c);
  return c.json(unwrap(await plannerDatabaseOf(c, id).households.read(id, userId)));
});

householdRoutes.patch("/:id", async (c) => {
  const id = objectIdParam(c, "id");
  const patch = await readJson(c, householdChangeSchema);
  const answer = await plannerDatabaseOf(c, id).households.change(id, patch, editOf(c));
  const { household, changes } = unwrap(answer);
  publishAfterWrite(c, streams, changes);
  return c.json(household);
});

householdRoutes.delete("/:id", async (c) => {
  const { id, userId } = requested(c);
  publishAfterWrite(
    c,
    streams,
    unwrap(await plannerDatabaseOf(c, id).households.remove(id, userId, new Date())),
  );
  return c.body(null, 204);
});

householdRoutes.post("/:id/invites", async (c) => {
  const { id, userId } = requested(c);
  const { kind } = await readOptionalJson(c, newInviteSchema);
  const now = new Date();
  const token = newToken();
  const expiresAt = new Date(now.getTime() + INVITE_MS[kind]);
  const invite = { kind, tokenHash: await sha256Hex(token), expiresAt };
  unwrap(await plannerDatabaseOf(c, id).invites.add(id, invite, userId, now));
  // Behind the #, as of a share link: it reaches no server's log.
  const url = `${linkOrigin(c)}/invites#${token}`;
  const invitation: Invite = { kind, token, url, expiresAt: expiresAt.toISOString() };
  return c.json(invitation, 201);
});

householdRoutes.get("/:id/invites", async (c) => {
  const { id, userId } = requested(c);
  return c.json({ invites: unwrap(await plannerDatabaseOf(c, id).invites.list(id, userId)) });
});

householdRoutes.delete("/:id/invites/:inviteId", async (c) => {
  const { id, userId } = requested(c);
  const inviteId = objectIdParam(c, "inviteId");
  unwrap(await plannerDatabaseOf(c, id).invites.revoke(id, inviteId, userId));
  return c.body(null, 204);
});

householdRoutes.patch("/:id/members/:userId", async (c) => {
  const { id: householdId, userId } = requested(c);
  const memberId = objectIdParam(c, "userId");
  const { role } = await readJson(c, roleChangeSchema);
  const { memberships } = plannerDatabaseOf(c, householdId);
  const answer = await memberships.changeRole({ householdId, memberId, role, userId }, new Date());
  const { household, changes } = unwrap(answer);
  publishAfterWrite(c, streams, changes);
  return c.json(household);
});

householdRoutes.delete("/:id/members/:userId", async (c) => {
  const { id, userId } = requested(c);
  const memberId = objectIdParam(c, "userId");
  const answer = await plannerDatabaseOf(c, id).memberships.remove(id, memberId, userId, new Date());
  publishAfterWrite(c, streams, unwrap(answer).changes);
  c.executionCtx.waitUntil(readAnewFor(c, sessionAccounts, memberId));
  return c.body(null, 204);
});

householdRoutes.get("/:id/mealplans", async (c) => {
  const { id, userId } = requested(c);
  const now = new Date();
  const { week = weekOf(now) } = parseWith(weekQuerySchema, c.req.query(), "invalid-query");
  const { data, changes } = unwrap(await plannerDatabaseOf(c, id).mealPlans.ofWeek(id, week, userId, now));
  publishAfterWrite(c, streams, changes);
  return planResponse(c, data);
});

/** Which household the request is about, and who asks. */
function requested(c: AppRequest): { readonly id: string; readonly userId: string } {
  return { id: objectIdParam(c, "id"), userId: c.var.identity.userId };
}
