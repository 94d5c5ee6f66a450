import { Hono } from "hono";

import type { User } from "../../protocol/user.ts";
import { streams } from "../../streams/index.ts";
import type { ProfilePatch } from "../../planner/changeProfile.ts";
import type { AppContext, AppRequest } from "../appContext.ts";
import { confirmPassword } from "../confirmPassword.ts";
import { plannerDatabaseOf } from "../database.ts";
import { ProblemError, unwrap } from "../errors.ts";
import { addressProof, toldUser } from "../emailVerification.ts";
import { exportOf } from "../exportOf.ts";
import { limitMails, trustDevice } from "../guessing.ts";
import { canSendMail, sendAfterwards } from "../mail.ts";
import { leavingMail } from "../mails.ts";
import { publishAfterWrite } from "../publishAfterWrite.ts";
import { readJson } from "../requestBody.ts";
import { accountRemovalSchema, profileChangeSchema } from "../schemas/user.ts";
import { nameSession, requireUser, sessionsOf } from "../session.ts";
import { forgetCookie } from "../sessionCookie.ts";

/** The account of whoever is signed in, at `/api/users/me`. */
export const ownAccountRoutes = new Hono<AppContext>();

ownAccountRoutes.use(requireUser);

ownAccountRoutes.get("/", async (c) => {
  const { userId, email, name } = c.var.identity;
  const answer = await plannerDatabaseOf(c, userId).users.read(userId);
  if (!answer.ok && answer.code === "not-found") throw new ProblemError("signed-out");
  // A page that is opened while the database is away still knows whose it is.
  if (!answer.ok && answer.code === "database-unavailable") return c.json<User>({ _id: userId, email, name });
  const user = unwrap(answer);
  await nameSession(c, user);
  return c.json(toldUser(c.env, user));
});

ownAccountRoutes.patch("/", async (c) => {
  const { password: given, ...wanted } = await readJson(c, profileChangeSchema);
  const { userId } = c.var.identity;
  const { user: before, password } = await confirmPassword(c, given);
  const patch = canSendMail(c.env) ? await provable(c, before, wanted) : wanted;
  const answer = await plannerDatabaseOf(c, userId).profiles.change({ userId, password }, patch, new Date());
  const { user, changes } = unwrap(answer);
  publishAfterWrite(c, streams, changes);
  if (wanted.email !== undefined) askForProof(c, user, wanted.email);
  await nameSession(c, user);
  await trustDevice(c, user.email);
  return c.json(toldUser(c.env, user));
});

ownAccountRoutes.get("/export", async (c) => {
  const fileName = `mealcast-${new Date().toISOString().slice(0, 10)}.json`;
  c.header("content-type", "application/json");
  c.header("content-disposition", `attachment; filename="${fileName}"`);
  return c.body(await exportOf(c));
});

ownAccountRoutes.delete("/", async (c) => {
  const { password: given, households } = await readJson(c, accountRemovalSchema);
  const { userId } = c.var.identity;
  const { password } = await confirmPassword(c, given);
  const removal = { userId, password, households };
  const changes = unwrap(await plannerDatabaseOf(c, userId).profiles.remove(removal, new Date()));
  publishAfterWrite(c, streams, changes);
  await sessionsOf(c.env, userId).endAll();
  forgetCookie(c);
  return c.body(null, 204);
});

/** Where mails can be sent, a new address waits until it is proved; and the one that there is stays, when it is given. */
async function provable(c: AppRequest, before: User, { name, email }: ProfilePatch): Promise<ProfilePatch> {
  if (email === undefined) return { name };
  await limitMails(c, email);
  return { name, pendingEmail: email === before.email ? null : email };
}

/** Nobody is asked whether somebody else has the address: whoever opens the link will hear. */
function askForProof(c: AppRequest, { _id, email, emailVerified }: User, wanted: string): void {
  if (wanted !== email) sendAfterwards(c, async () => leavingMail(email, wanted));
  if (wanted !== email || !emailVerified) sendAfterwards(c, () => addressProof(c, _id, wanted));
}
