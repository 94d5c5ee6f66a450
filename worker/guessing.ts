import type { Attempt } from "../durable-objects/SignInAttempts.ts";
import type { Credentials } from "../planner/Users.ts";
import { addressOf } from "./address.ts";
import type { AppRequest } from "./appContext.ts";
import { ProblemError } from "./errors.ts";
import { deviceOf, rememberDevice } from "./knownDevice.ts";
import { tooManyAttempts } from "./limits.ts";
import { isPassword } from "./password.ts";
import { sha256Hex } from "./sha256.ts";

/**
 * Checks a password. Wrong ones are counted by account: by where they come from, and all together.
 * @param email Normalized; it need not be anybody's.
 * @param find Looks the account up: asked only when a guess is left.
 * @throws ProblemError `too-many-attempts`, `wrong-credentials`, or what `find` throws.
 */
export async function checkPassword(
  c: AppRequest,
  email: string,
  password: string,
  find: () => Promise<Credentials | null>,
): Promise<Credentials> {
  const { forgive } = await takeGuess(c, email, "sign-in");
  const credentials = await find();
  const isRight = await isPassword(password, credentials?.password ?? null);
  if (!credentials || !isRight) throw new ProblemError("wrong-credentials");
  await forgive();
  return credentials;
}

/**
 * Counts a guess at an account before it is looked at; `forgive` is for the right one. Each door has counts of its own:
 * whoever has guessed too often what the password was is let in by a code.
 * @throws ProblemError `too-many-attempts`.
 */
export async function takeGuess(
  c: AppRequest,
  email: string,
  door: Attempt["door"],
): Promise<{ readonly forgive: () => Promise<void> }> {
  const attempts = await attemptsOf(c, email);
  const attempt: Attempt = { door, address: addressOf(c), device: deviceOf(c) };
  const wait = await attempts.take(attempt, Date.now());
  if (wait > 0) throw tooManyAttempts(wait);
  return { forgive: () => attempts.succeed(attempt, Date.now()) };
}

/** Makes this browser known to an account that was just signed in to: others' guesses are not counted against it. */
export async function trustDevice(c: AppRequest, email: string): Promise<void> {
  await (await attemptsOf(c, email)).trust(rememberDevice(c), Date.now());
}

/** Limits mails to an address, which need not be anybody's. @throws ProblemError `too-many-attempts`. */
export async function limitMails(c: AppRequest, email: string): Promise<void> {
  const wait = await (await attemptsOf(c, email)).takeMail(Date.now());
  if (wait > 0) throw tooManyAttempts(wait);
}

/** By address, not by user: whether it is anybody's is not to be seen from outside. */
async function attemptsOf({ env }: AppRequest, email: string) {
  return env.USER_SESSIONS.getByName(`sign-ins/${await sha256Hex(email)}`).attempts;
}
