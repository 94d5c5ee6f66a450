import { timingSafeEqual } from "node:crypto";

import type { LiveRequest } from "./appContext.ts";
import { ProblemError } from "./errors.ts";
import { sha256Hex } from "./sha256.ts";

/** Whether the request brings a secret as its bearer token. A secret that is not set lets nobody in. */
export async function hasBearer(c: Pick<LiveRequest, "req">, secret: string | undefined): Promise<boolean> {
  const [scheme, token] = (c.req.header("authorization") ?? "").split(" ");
  if (scheme?.toLowerCase() !== "bearer" || !token || !secret) return false;
  // Their hashes are equally long, so that the time tells nothing of the length either.
  const [given, wanted] = await Promise.all([sha256Hex(token), sha256Hex(secret)]);
  return timingSafeEqual(Buffer.from(given), Buffer.from(wanted));
}

/** Lets nobody pass without the secret. @throws ProblemError `wrong-token`. */
export async function requireBearer(c: Pick<LiveRequest, "req">, secret: string | undefined): Promise<void> {
  if (await hasBearer(c, secret)) return;
  throw new ProblemError("wrong-token", { headers: { "www-authenticate": "Bearer" } });
}
