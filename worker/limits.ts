import { addressOf } from "./address.ts";
import type { AppRequest, LiveRequest } from "./appContext.ts";
import { ProblemError } from "./errors.ts";

const RETRY_SECONDS = 60;

/**
 * Slows down whoever keeps the hash of passwords busy: it takes a tenth of a second of a CPU, so this is asked before
 * it. By address, and for each door apart. @throws ProblemError `too-many-attempts`.
 */
export function limitHashes(c: AppRequest, door: "register" | "login" | "recover"): Promise<void> {
  return limit(c.env.SIGN_INS, `${door} ${addressOf(c)}`);
}

/** Slows down whoever tries tokens that nobody gave them. By address. @throws ProblemError `too-many-attempts`. */
export function limitLookups(c: LiveRequest): Promise<void> {
  return limit(c.env.LOOKUPS, addressOf(c));
}

/** Slows down an app that asks for a calendar without end. By its address. @throws ProblemError `too-many-attempts`. */
export function limitFeed(c: AppRequest, tokenHash: string): Promise<void> {
  return limit(c.env.LOOKUPS, tokenHash);
}

/** Slows down whoever lets us fetch pictures without end. By user. @throws ProblemError `too-many-attempts`. */
export function limitPictures(c: AppRequest, userId: string): Promise<void> {
  return limit(c.env.PICTURES, userId);
}

/** Slows down whoever lets us fetch and read pages. By user and by address. @throws ProblemError `too-many-attempts`. */
export async function limitImports(c: AppRequest, userId: string): Promise<void> {
  await limit(c.env.IMPORTS, `user ${userId}`);
  await limit(c.env.IMPORTS, `address ${addressOf(c)}`);
}

/** Slows down whoever fills a collection through a stream's route. @throws ProblemError `too-many-attempts`. */
export function limitInserts(c: LiveRequest): Promise<void> {
  return limit(c.env.INSERTS, addressOf(c));
}

/** An app that declares no such counter does not limit it. */
async function limit(counter: RateLimit | undefined, key: string): Promise<void> {
  const outcome = await counter?.limit({ key });
  if (outcome?.success === false) throw tooManyAttempts(RETRY_SECONDS);
}

/** The refusal of whoever has to wait. */
export function tooManyAttempts(seconds: number): ProblemError {
  return new ProblemError("too-many-attempts", { headers: { "retry-after": String(seconds) } });
}
