import type { Context } from "hono";

import type { Reader } from "../protocol/reader.ts";
import { ProblemError } from "./errors.ts";
import { sha256Hex } from "./sha256.ts";

const TOKEN = /^[A-Za-z0-9_-]{16,128}$/;

/**
 * The guest that the request's `?share=` token makes of its sender, or `null` without a token. The token itself goes no
 * further than here. @throws ProblemError `not-found` for what can't be a token.
 */
export async function guestOf(c: Pick<Context, "req">): Promise<Extract<Reader, { kind: "guest" }> | null> {
  const token = c.req.query("share");
  if (token === undefined) return null;
  if (!TOKEN.test(token)) throw new ProblemError("not-found");
  return { kind: "guest", tokenHash: await sha256Hex(token) };
}
