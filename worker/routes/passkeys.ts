import { Hono } from "hono";

import type { AppContext, AppRequest } from "../appContext.ts";
import { plannerDatabaseOf } from "../database.ts";
import { ProblemError, unwrap } from "../errors.ts";
import { toldUser } from "../emailVerification.ts";
import { trustDevice } from "../guessing.ts";
import { limitLookups } from "../limits.ts";
import { objectIdParam } from "../params.ts";
import type { OwnChallenge } from "../passkeyChallenge.ts";
import { creationOptions, requestOptions, verifyNewPasskey, verifyPasskey } from "../passkeys.ts";
import { readJson } from "../requestBody.ts";
import { newPasskeySchema, passkeySignInSchema } from "../schemas/passkey.ts";
import { requireUser, sessionsOf, signIn } from "../session.ts";

/** Passkeys: signing in without a password, at `/api/users/passkeys`. */
export const passkeyRoutes = new Hono<AppContext>();

passkeyRoutes.get("/", requireUser, async (c) => {
  const { userId } = c.var.identity;
  return c.json({ passkeys: unwrap(await plannerDatabaseOf(c, userId).passkeys.list(userId)) });
});

passkeyRoutes.post("/options", requireUser, async (c) => {
  const { userId } = c.var.identity;
  const existing = unwrap(await plannerDatabaseOf(c, userId).passkeys.credentials(userId));
  return c.json(await creationOptions(c, existing));
});

passkeyRoutes.post("/", requireUser, async (c) => {
  const { name, response } = await readJson(c, newPasskeySchema);
  const { userId } = c.var.identity;
  const { passkey, challenge } = await verifyNewPasskey(c, response);
  await useUp(c, userId, challenge);
  const { passkeys } = plannerDatabaseOf(c, userId);
  return c.json(unwrap(await passkeys.add(userId, { name, ...passkey }, new Date())), 201);
});

passkeyRoutes.delete("/:id", requireUser, async (c) => {
  const id = objectIdParam(c, "id");
  const { userId } = c.var.identity;
  unwrap(await plannerDatabaseOf(c, userId).passkeys.remove(userId, id));
  return c.body(null, 204);
});

passkeyRoutes.post("/sign-in/options", async (c) => c.json(await requestOptions(c)));

passkeyRoutes.post("/sign-in", async (c) => {
  const { response } = await readJson(c, passkeySignInSchema);
  await limitLookups(c);
  const { passkeys } = plannerDatabaseOf(c, response.id);
  const passkey = unwrap(await passkeys.find(response.id));
  const { counter, challenge } = await verifyPasskey(c, response, passkey);
  const { user } = passkey;
  await useUp(c, user._id, challenge);
  unwrap(await passkeys.noteUse(passkey, counter, new Date()));
  await signIn(c, user);
  await trustDevice(c, user.email);
  return c.json(toldUser(c.env, user));
});

/** A challenge is good once. @throws ProblemError `wrong-passkey` for one that was used. */
async function useUp(c: AppRequest, userId: string, { challenge, expiresAt }: OwnChallenge): Promise<void> {
  if (await sessionsOf(c.env, userId).spend(challenge, expiresAt)) return;
  throw new ProblemError("wrong-passkey");
}
