import { createHmac, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";

import type { Reader } from "../protocol/reader.ts";
import { ProblemError } from "./errors.ts";
import { sha256Hex } from "./sha256.ts";

/** Half of a token is chance, and the other half signs that for one topic. */
export const HALF_BYTES = 16;

/** What tokens are signed with. */
export type ShareSecret = Pick<Env, "SESSION_SECRET">;

/** A new token for a link to a topic: 43 letters that nobody can guess. */
export function newShareToken(secret: ShareSecret, topic: string): string {
  const chance = Buffer.from(crypto.getRandomValues(new Uint8Array(HALF_BYTES)));
  return shareTokenOf(secret, topic, chance);
}

/** The token for a link to a topic that comes of some chance. @param chance 16 bytes that nobody can guess. */
export function shareTokenOf(secret: ShareSecret, topic: string, chance: Uint8Array): string {
  return Buffer.concat([chance, signatureOf(secret, topic, chance)]).toString("base64url");
}

/**
 * The guest that the request's `?share=` token makes of its sender, or `null` without a token. Whether it was ever made
 * for this topic is told by its signature: one that is made up wakes neither hub nor database. Whether it is good still
 * is for the hub to say. The token itself goes no further than here. @throws ProblemError `not-found`.
 */
export async function guestOf(
  c: Pick<Context<{ Bindings: Env }>, "req" | "env">,
  topic: string,
): Promise<Extract<Reader, { kind: "guest" }> | null> {
  const token = c.req.query("share");
  if (token === undefined) return null;
  if (!isShareToken(c.env, topic, token)) throw new ProblemError("not-found");
  return { kind: "guest", tokenHash: await sha256Hex(token) };
}

/** Whether a token was made here, for this topic. It may have been revoked since. */
export function isShareToken(secret: ShareSecret, topic: string, token: string): boolean {
  const bytes = Buffer.from(token, "base64url");
  // Of several spellings of the same bytes, one is the token.
  if (bytes.length !== 2 * HALF_BYTES || bytes.toString("base64url") !== token) return false;
  const chance = bytes.subarray(0, HALF_BYTES);
  return timingSafeEqual(bytes.subarray(HALF_BYTES), signatureOf(secret, topic, chance));
}

function signatureOf({ SESSION_SECRET }: ShareSecret, topic: string, chance: Uint8Array): Buffer {
  // What it signs begins like nothing else that this secret signs.
  const hmac = createHmac("sha256", SESSION_SECRET).update(`share ${topic} `).update(chance);
  return hmac.digest().subarray(0, HALF_BYTES);
}
