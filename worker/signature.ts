import {
  MAX_CLOCK_SKEW_SECONDS,
  SIGNATURE_HEADER,
  signedText,
  TIMESTAMP_HEADER,
} from "../protocol/signature.ts";
import type { LiveRequest } from "./appContext.ts";
import { ProblemError } from "./errors.ts";

const TIMESTAMP = /^\d{1,12}$/;
const SIGNATURE = /^[0-9a-f]{64}$/i;

/** The secret before the last rotation is there while it is still accepted. */
type RotatedSecrets = Pick<Env, "ATLAS_HOOK_SECRET"> & { readonly ATLAS_HOOK_SECRET_PREVIOUS?: string };

/**
 * Checks that the body was signed, lately, by somebody who holds the hook's secret or the one before its rotation.
 * @throws ProblemError `invalid-signature`.
 */
export async function verifySignature(c: LiveRequest, body: string, now: number): Promise<void> {
  const timestamp = c.req.header(TIMESTAMP_HEADER) ?? "";
  const signature = c.req.header(SIGNATURE_HEADER) ?? "";
  if (!TIMESTAMP.test(timestamp) || !SIGNATURE.test(signature)) throw new ProblemError("invalid-signature");
  const isFresh = Math.abs(now / 1000 - Number(timestamp)) <= MAX_CLOCK_SKEW_SECONDS;
  const { ATLAS_HOOK_SECRET, ATLAS_HOOK_SECRET_PREVIOUS }: RotatedSecrets = c.env;
  const secrets = [ATLAS_HOOK_SECRET, ATLAS_HOOK_SECRET_PREVIOUS].filter(isSecret);
  const text = new TextEncoder().encode(signedText(timestamp, body));
  const bytes = Uint8Array.fromHex(signature);
  const matches = await Promise.all(secrets.map((secret) => verify(secret, bytes, text)));
  if (!matches.includes(true) || !isFresh) throw new ProblemError("invalid-signature");
}

/** WebCrypto compares in constant time. */
async function verify(secret: string, signature: Uint8Array, text: Uint8Array): Promise<boolean> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(secret), algorithm, false, [
    "verify",
  ]);
  return crypto.subtle.verify("HMAC", key, signature, text);
}

/** An empty secret would let everybody sign. */
function isSecret(secret: string | undefined): secret is string {
  return secret !== undefined && secret !== "";
}
