import { Hono } from "hono";

import type { Vouch } from "../../protocol/household.ts";
import type { AppContext } from "../appContext.ts";
import { plannerDatabaseOf } from "../database.ts";
import { unwrap } from "../errors.ts";
import { linkOrigin } from "../linkOrigin.ts";
import { objectIdParam } from "../params.ts";
import { newRecoveryCode, recoveryCodeHash } from "../recoveryCode.ts";
import { requireUser } from "../session.ts";

/** Owners who help members back in, at `/api/households`. */
export const vouchingRoutes = new Hono<AppContext>();

const VOUCH_MS = 3_600_000;

vouchingRoutes.post("/:id/members/:userId/vouch", requireUser, async (c) => {
  const [householdId, memberId] = [objectIdParam(c, "id"), objectIdParam(c, "userId")];
  const { userId } = c.var.identity;
  const code = newRecoveryCode();
  const link = { hash: await recoveryCodeHash(code), expiresAt: new Date(Date.now() + VOUCH_MS) };
  const { recovery } = plannerDatabaseOf(c, householdId);
  unwrap(await recovery.vouch({ householdId, memberId, userId }, link));
  // In the fragment, which no server gets to see and no log keeps.
  const vouch: Vouch = {
    code,
    url: `${linkOrigin(c)}/recover#code=${code}`,
    expiresAt: link.expiresAt.toISOString(),
  };
  return c.json(vouch, 201);
});
