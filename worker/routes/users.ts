import { Hono } from "hono";

import type { User } from "../../protocol/user.ts";
import type { AppContext } from "../appContext.ts";
import { checkPassword, trustDevice } from "../guessing.ts";
import { limitHashes } from "../limits.ts";
import { plannerDatabaseOf } from "../database.ts";
import { ProblemError, unwrap } from "../errors.ts";
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
  await limitHashes(c, "login");
  const { userId, sessionId, email } = c.var.identity;
  const { users } = plannerDatabaseOf(c, userId);
  const { password } = await checkPassword(c, email, current, async () =>
    unwrap(await users.credentialsOf(userId)),
  );
  if (!password) throw new ProblemError("wrong-credentials");
  unwrap(await users.setPassword(userId, password, await hashPassword(next)));
  await sessionsOf(c.env, userId).endAll(sessionId);
  return c.body(null, 204);
});

userRoutes.get("/me", requireUser, async (c) => {
  const { userId, email, name } = c.var.identity;
  const answer = await plannerDatabaseOf(c, userId).users.read(userId);
  if (answer.ok) return c.json(answer.value);
  if (answer.code === "not-found") throw new ProblemError("signed-out");
  // A page that is opened while the database is away still knows whose it is.
  if (answer.code === "database-unavailable") return c.json<User>({ _id: userId, email, name });
  return c.json(unwrap(answer));
});
