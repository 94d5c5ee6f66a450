import type { AppRequest } from "./appContext.ts";
import { plannerDatabaseOf } from "./database.ts";
import { ProblemError } from "./errors.ts";
import { sha256Hex } from "./sha256.ts";

/**
 * Lets pass whoever may make an account here: everybody, whoever brings an open invitation, or nobody, as `REGISTRATION`
 * says. What it can't be read as closes the door. @throws ProblemError `registration-closed`.
 */
export async function requireRegistration(c: AppRequest, invitation: string | undefined): Promise<void> {
  const setting = c.env.REGISTRATION ?? "open";
  if (setting === "open") return;
  if (setting === "invitation" && invitation !== undefined && (await isGood(c, invitation))) return;
  throw new ProblemError("registration-closed");
}

async function isGood(c: AppRequest, invitation: string): Promise<boolean> {
  const tokenHash = await sha256Hex(invitation);
  return (await plannerDatabaseOf(c, tokenHash).invites.preview(tokenHash, new Date())).ok;
}
