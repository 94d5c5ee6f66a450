import type { NewRecoveryLink } from "../planner/Recovery.ts";
import type { LiveRequest } from "./appContext.ts";
import { linkOrigin } from "./linkOrigin.ts";
import { newRecoveryCode, recoveryCodeHash } from "./recoveryCode.ts";

const HOUR_MS = 3_600_000;

/** A new code that is good for an hour: what is told of it, and what is kept. */
export async function newRecoveryLink(c: Pick<LiveRequest, "req" | "env">): Promise<{
  readonly code: string;
  /** In the fragment, which no server gets to see and no log keeps. */
  readonly url: string;
  readonly link: NewRecoveryLink;
}> {
  const code = newRecoveryCode();
  const link = { hash: await recoveryCodeHash(code), expiresAt: new Date(Date.now() + HOUR_MS) };
  return { code, url: `${linkOrigin(c)}/recover#code=${code}`, link };
}
