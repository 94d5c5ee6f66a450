import type { Reader } from "../protocol/reader.ts";
import type { AppRequest } from "./appContext.ts";
import { ProblemError } from "./errors.ts";

const TOKEN = /^[A-Za-z0-9_-]{16,128}$/;

/**
 * The guest that the request's `?share=` token makes of its sender, or `null` without a token. The token itself goes no
 * further than here. @throws ProblemError `not-found` for what can't be a token.
 */
export async function guestOf(c: AppRequest): Promise<Extract<Reader, { kind: "guest" }> | null> {
  const token = c.req.query("share");
  if (token === undefined) return null;
  if (!TOKEN.test(token)) throw new ProblemError("not-found");
  return { kind: "guest", tokenHash: await sha256Hex(token) };
}

/** SHA-256 of a text's UTF-8 bytes, in hex. */
export async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return new Uint8Array(digest).toHex();
}
