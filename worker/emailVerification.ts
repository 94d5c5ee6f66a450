import type { NewUser } from "../planner/Users.ts";
import type { AppRequest } from "./appContext.ts";
import { plannerDatabaseOf } from "./database.ts";
import { unwrap } from "./errors.ts";
import { linkOrigin } from "./linkOrigin.ts";
import { canSendMail, type Mail, sendMail } from "./mail.ts";
import { alreadyRegisteredMail, verificationMail } from "./mails.ts";
import { sha256Hex } from "./sha256.ts";
import { newToken } from "./token.ts";

const DAY_MS = 86_400_000;

/**
 * Whether an account begins only when its address is proved: where mails can be sent, unless `VERIFY_EMAIL` says
 * otherwise. What it can't be read as counts as `required`.
 */
export function mustVerify(env: Pick<Env, "VERIFY_EMAIL" | "MAILER_URL">): boolean {
  return env.VERIFY_EMAIL ? env.VERIFY_EMAIL !== "off" : canSendMail(env);
}

/** The mail with which a user proves an address: the one that they have, or the one that they want. */
export async function addressProof(c: AppRequest, userId: string, email: string): Promise<Mail> {
  const { url, link } = await newLink(c);
  unwrap(await plannerDatabaseOf(c, userId).emails.askForAddress(userId, email, link));
  return verificationMail(email, url);
}

/**
 * Asks whoever wants an account to prove the address. Somebody who has one gets another mail, and nothing else differs:
 * what is written, what is read, and what is answered.
 * @throws ProblemError `mail-unavailable`, `database-unavailable`.
 */
export async function askForRegistration(c: AppRequest, account: NewUser): Promise<void> {
  const { email } = account;
  const { emails, users } = plannerDatabaseOf(c, email);
  const { url, link } = await newLink(c);
  unwrap(await emails.askForRegistration(account, link));
  const isTaken = unwrap(await users.credentials(email)) !== null;
  await sendMail(c.env, isTaken ? alreadyRegisteredMail(email, linkOrigin(c)) : verificationMail(email, url));
}

/** What is told of an account: of a proved address only where addresses can be proved. */
export function toldUser<
  Told extends { readonly emailVerified?: boolean; readonly pendingEmail?: string | null },
>(env: Pick<Env, "MAILER_URL">, user: Told): Omit<Told, "emailVerified" | "pendingEmail"> | Told {
  if (canSendMail(env)) return user;
  const { emailVerified: _, pendingEmail: __, ...rest } = user;
  return rest;
}

/** In the fragment, which no server gets to see and no log keeps. */
async function newLink(c: AppRequest) {
  const token = newToken();
  const link = { tokenHash: await sha256Hex(token), expiresAt: new Date(Date.now() + DAY_MS) };
  return { url: `${linkOrigin(c)}/verify#token=${token}`, link };
}
