import { Hono } from "hono";

import type { AppContext, AppRequest } from "../appContext.ts";
import { confirmPassword } from "../confirmPassword.ts";
import { plannerDatabaseOf } from "../database.ts";
import { unwrap } from "../errors.ts";
import { limitMails, takeGuess } from "../guessing.ts";
import { limitHashes } from "../limits.ts";
import { canSendMail, type Mail, sendAfterwards } from "../mail.ts";
import { recoveryMail } from "../mails.ts";
import { hashPassword } from "../password.ts";
import { newRecoveryCode, recoveryCodeHash } from "../recoveryCode.ts";
import { newRecoveryLink } from "../recoveryLink.ts";
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
  if (code === undefined || password === undefined) {
    await limitMails(c, email);
    sendAfterwards(c, () => recoveryFor(c, email));
    return c.json({ mail: canSendMail(c.env) }, 202);
  }
  const { forgive } = await takeGuess(c, email, "recovery");
  // Before anybody has looked who it is, so that the answer takes as long for nobody.
  const next = await hashPassword(password);
  const { recovery } = plannerDatabaseOf(c, email);
  const userId = unwrap(await recovery.recover(email, await recoveryCodeHash(code), next, new Date()));
  await sessionsOf(c.env, userId).endAll();
  await forgive();
  return c.body(null, 204);
});

/** The mail with which somebody sets a password; `null` for an address that nobody has. */
async function recoveryFor(c: AppRequest, email: string): Promise<Mail | null> {
  const { users, recovery } = plannerDatabaseOf(c, email);
  const found = unwrap(await users.credentials(email));
  if (!found) return null;
  const { code, url, link } = await newRecoveryLink(c);
  unwrap(await recovery.mail(found.user._id, link));
  return recoveryMail(email, code, url);
}
