import type { AppRequest, LiveRequest } from "./appContext.ts";
import { ProblemError } from "./errors.ts";

const PERIOD_SECONDS = 60;

/** Slows down whoever guesses an account's password. @throws ProblemError `too-many-attempts`. */
export function limitAttempts(c: AppRequest, email: string): Promise<void> {
  return limit(c.env.SIGN_INS, email);
}

/** Slows down whoever fills a collection through a stream's route. @throws ProblemError `too-many-attempts`. */
export function limitInserts(c: LiveRequest): Promise<void> {
  return limit(c.env.INSERTS, c.req.header("cf-connecting-ip") ?? "");
}

async function limit(counter: RateLimit, key: string): Promise<void> {
  const { success } = await counter.limit({ key });
  if (!success)
    throw new ProblemError("too-many-attempts", { headers: { "retry-after": String(PERIOD_SECONDS) } });
}
