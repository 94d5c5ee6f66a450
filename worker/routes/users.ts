import { Hono } from "hono";

import type { AppContext } from "../appContext.ts";
import { confirmPassword } from "../confirmPassword.ts";
import { checkPassword, trustDevice } from "../guessing.ts";
import { limitHashes } from "../limits.ts";
import { plannerDatabaseOf } from "../database.ts";
import { unwrap } from "../errors.ts";
import { hashPassword } from "../password.ts";
import { requireRegistration } from "../registration.ts";
import { readJson } from "../requestBody.ts";
import { loginSchema, passwordChangeSchema, registrationSchema } from "../schemas/user.ts";
import { requireUser, sessionsOf, signIn, signOut } from "../session.ts";

/** Accounts and the session cookie, at `/api/users`. */
export const userRoutes = new Hono<AppContext>();

userRoutes.post("/register", async (c) => {
  const { email, name, password, invitation } = await readJson(c, registrationSchema);
  await limitHashes(c, "register");
  await requireRegistration(c, invitation);
  const account = { email, name, password: await hashPassword(password) };
  const user = unwrap(await plannerDatabaseOf(c, email).users.register(account, new Date()));
  await signIn(c, user);
  await trustDevice(c, email);
  return c.json(user, 201);
});

userRoutes.post("/login", async (c) => {
  const { email, password } = await readJson(c, loginSchema);
  await limitHashes(c, "login");
  const { user } = await checkPassword(c, email, password, async () =>
    unwrap(await plannerDatabaseOf(c, email).users.credentials(email)),
  );
  await signIn(c, user);
  await trustDevice(c, email);
  return c.json(user);
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
