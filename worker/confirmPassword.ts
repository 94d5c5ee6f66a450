import type { User } from "../protocol/user.ts";
import type { StoredPassword } from "../planner/storedDocuments.ts";
import type { AppRequest } from "./appContext.ts";
import { plannerDatabaseOf } from "./database.ts";
import { ProblemError, unwrap } from "./errors.ts";
import { checkPassword } from "./guessing.ts";
import { limitHashes } from "./limits.ts";

/** Somebody who is signed in and has just given their password. */
export interface Confirmed {
  readonly user: User;
  /** What is stored of it: a write asks that it still is. */
  readonly password: StoredPassword;
}

/**
 * Asks whoever is signed in for their password once more. A guess counts as one at the sign-in does.
 * @throws ProblemError `too-many-attempts`, `wrong-credentials`, and `signed-out` when the account is gone.
 */
export async function confirmPassword(c: AppRequest, given: string): Promise<Confirmed> {
  await limitHashes(c, "login");
  const { userId } = c.var.identity;
  const found = await plannerDatabaseOf(c, userId).users.credentialsOf(userId);
  if (!found.ok && found.code === "not-found") throw new ProblemError("signed-out");
  // Not the address in the cookie: it may have been changed since, with another browser.
  const credentials = unwrap(found);
  const { user, password } = await checkPassword(c, credentials.user.email, given, async () => credentials);
  if (!password) throw new ProblemError("wrong-credentials");
  return { user, password };
}
