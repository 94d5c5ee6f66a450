import { createHmac, timingSafeEqual } from "node:crypto";

import * as z from "zod";

/** What a challenge is good for: one that was made for something else is refused. */
export type ChallengePurpose = "sign-in" | `add ${string}`;

/** A challenge that was made here, and until when it is good: milliseconds since 1970. */
export interface OwnChallenge {
  readonly challenge: string;
  readonly expiresAt: number;
}

const GOOD_MS = 300_000;
const RANDOM_BYTES = 16;

const parts = z.tuple([z.string(), z.coerce.number().int(), z.string()]);

/** Makes a challenge that says itself that it is ours: nothing is kept of it until somebody has used it. */
export function newChallenge(secret: string, purpose: ChallengePurpose, now: number): string {
  const random = Buffer.from(crypto.getRandomValues(new Uint8Array(RANDOM_BYTES))).toString("base64url");
  const body = `${random}.${now + GOOD_MS}`;
  return `${body}.${signatureOf(secret, purpose, body)}`;
}

/** Reads a challenge back; `null` for one that is not ours, was made for something else, or is too old. */
export function readChallenge(
  secret: string,
  purpose: ChallengePurpose,
  challenge: string,
  now: number,
): OwnChallenge | null {
  const read = parts.safeParse(challenge.split(".")).data;
  if (!read) return null;
  const [random, expiresAt, signature] = read;
  const expected = Buffer.from(signatureOf(secret, purpose, `${random}.${expiresAt}`));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return expiresAt > now ? { challenge, expiresAt } : null;
}

/** Of a text that no cookie of the same secret can be: those begin with a brace. */
function signatureOf(secret: string, purpose: ChallengePurpose, body: string): string {
  return createHmac("sha256", secret).update(`passkey ${purpose}\n${body}`).digest("base64url");
}
