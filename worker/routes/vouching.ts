import { Hono } from "hono";

import type { Vouch } from "../../protocol/household.ts";
import type { AppContext } from "../appContext.ts";
import { plannerDatabaseOf } from "../database.ts";
import { unwrap } from "../errors.ts";
import { sendAfterwards } from "../mail.ts";
import { vouchedMail } from "../mails.ts";
import { objectIdParam } from "../params.ts";
import { newRecoveryLink } from "../recoveryLink.ts";
import { requireUser } from "../session.ts";

/** Owners who help members back in, at `/api/households`. */
export const vouchingRoutes = new Hono<AppContext>();

vouchingRoutes.post("/:id/members/:userId/vouch", requireUser, async (c) => {
  const [householdId, memberId] = [objectIdParam(c, "id"), objectIdParam(c, "userId")];
  const { userId, name } = c.var.identity;
  const { code, url, link } = await newRecoveryLink(c);
  const { recovery, users } = plannerDatabaseOf(c, householdId);
  const household = unwrap(await recovery.vouch({ householdId, memberId, userId }, link));
  sendAfterwards(c, async () => vouchedMail(unwrap(await users.read(memberId)).email, name, household));
  return c.json<Vouch>({ code, url, expiresAt: link.expiresAt.toISOString() }, 201);
});
