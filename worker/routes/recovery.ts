import { Hono } from "hono";

import type { AppContext } from "../appContext.ts";
import { confirmPassword } from "../confirmPassword.ts";
import { plannerDatabaseOf } from "../database.ts";
import { unwrap } from "../errors.ts";
import { takeGuess } from "../guessing.ts";
import { limitHashes } from "../limits.ts";
import { hashPassword } from "../password.ts";
import { newRecoveryCode, recoveryCodeHash } from "../recoveryCode.ts";
import { readJson } from "../requestBody.ts";
import { recoveryCodesSchema, recoverySchema } from "../schemas/user.ts";
import { requireUser, sessionsOf } from "../session.ts";

/** Ways into an account without its password, at `/api/users`. */
export const recoveryRoutes = new Hono<AppContext>();

const CODES = 8;

recoveryRoutes.post("/recovery-codes", requireUser, async (c) => {
  const { password: given } = await readJson(c, recoveryCodesSchema);
  const { userId } = c.var.identity;
  const { password } = await confirmPassword(c, given);
  const codes = Array.from({ length: CODES }, newRecoveryCode);
  const hashes = await Promise.all(codes.map(recoveryCodeHash));
  unwrap(await plannerDatabaseOf(c, userId).recovery.replaceCodes(userId, password, hashes));
  return c.json({ codes });
});

recoveryRoutes.post("/recover", async (c) => {
  const { email, code, password } = await readJson(c, recoverySchema);
  await limitHashes(c, "recover");
  if (code === undefined || password === undefined) return c.json({ mail: false }, 202);
  const { forgive } = await takeGuess(c, email, "recovery");
  // Before anybody has looked who it is, so that the answer takes as long for nobody.
  const next = await hashPassword(password);
  const { recovery } = plannerDatabaseOf(c, email);
  const userId = unwrap(await recovery.recover(email, await recoveryCodeHash(code), next, new Date()));
  await sessionsOf(c.env, userId).endAll();
  await forgive();
  return c.body(null, 204);
});
