import { createHmac } from "node:crypto";

import { HALF_BYTES, type ShareSecret, shareTokenOf } from "./shareToken.ts";

/**
 * The token of the link to a demo week: the same each time it is asked for, so that no link is made twice, and known to
 * nobody who does not hold the secret. @param topic of the week's plan.
 */
export function demoToken(secret: ShareSecret, topic: string): string {
  const hmac = createHmac("sha256", secret.SESSION_SECRET).update(`demo ${topic}`);
  return shareTokenOf(secret, topic, hmac.digest().subarray(0, HALF_BYTES));
}
