import { Hono } from "hono";

import type { AppContext } from "../appContext.ts";
import { confirmPassword } from "../confirmPassword.ts";
import { addressProof, askForRegistration, mustVerify, toldUser } from "../emailVerification.ts";
import { checkPassword, limitMails, trustDevice } from "../guessing.ts";
import { limitHashes, limitLookups } from "../limits.ts";
import { sendAfterwards } from "../mail.ts";
import { plannerDatabaseOf } from "../database.ts";
import { unwrap } from "../errors.ts";
import { hashPassword } from "../password.ts";
import { requireRegistration } from "../registration.ts";
import { readJson } from "../requestBody.ts";
import {
  loginSchema,
  passwordChangeSchema,
  registrationSchema,
  verificationSchema,
} from "../schemas/user.ts";
import { requireUser, sessionsOf, signIn, signOut } from "../session.ts";
import { sha256Hex } from "../sha256.ts";

/** Accounts and the session cookie, at `/api/users`. */
export const userRoutes = new Hono<AppContext>();

userRoutes.post("/register", async (c) => {
  const { email, name, password, invitation } = await readJson(c, registrationSchema);
  await limitHashes(c, "register");
  await requireRegistration(c, invitation);
  const account = { email, name, password: await hashPassword(password) };
  if (mustVerify(c.env)) {
    await limitMails(c, email);
    await askForRegistration(c, account);
    return c.json({ sent: true }, 202);
  }
  const user = unwrap(await plannerDatabaseOf(c, email).users.register(account, new Date()));
  sendAfterwards(c, () => addressProof(c, user._id, email));
  await signIn(c, user);
  await trustDevice(c, email);
  return c.json(toldUser(c.env, user), 201);
});

userRoutes.post("/login", async (c) => {
  const { email, password } = await readJson(c, loginSchema);
  await limitHashes(c, "login");
  const { user } = await checkPassword(c, email, password, async () =>
    unwrap(await plannerDatabaseOf(c, email).users.credentials(email)),
  );
  await signIn(c, user);
  await trustDevice(c, email);
  return c.json(toldUser(c.env, user));
});

userRoutes.post("/verify", async (c) => {
  const { token } = await readJson(c, verificationSchema);
  await limitLookups(c);
  const tokenHash = await sha256Hex(token);
  return c.json({ email: unwrap(await plannerDatabaseOf(c, tokenHash).emails.prove(tokenHash, new Date())) });
});

userRoutes.post("/logout", async (c) => {
  await signOut(c);
  return c.body(null, 204);
});

userRoutes.post("/password", requireUser, async (c) => {
  const { current, next } = await readJson(c, passwordChangeSchema);
  const { userId, sessionId } = c.var.identity;
  const { password } = await confirmPassword(c, current);
  unwrap(await plannerDatabaseOf(c, userId).users.setPassword(userId, password, await hashPassword(next)));
  await sessionsOf(c.env, userId).endAll(sessionId);
  return c.body(null, 204);
});
