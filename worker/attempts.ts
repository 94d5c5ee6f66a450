import type { AppRequest } from "./appContext.ts";
import { ProblemError } from "./errors.ts";

const PERIOD_SECONDS = 60;

/** Slows down whoever guesses an account's password. @throws ProblemError `too-many-attempts`. */
export async function limitAttempts(c: AppRequest, email: string): Promise<void> {
  const { success } = await c.env.SIGN_INS.limit({ key: email });
  if (!success)
    throw new ProblemError("too-many-attempts", { headers: { "retry-after": String(PERIOD_SECONDS) } });
}
