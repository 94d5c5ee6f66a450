import type { LiveRequest } from "./appContext.ts";
import { linkOrigin } from "./linkOrigin.ts";

/** The site that passkeys are for. */
export interface RelyingParty {
  /** A domain: browsers take no internet address. */
  readonly id: string;
  readonly origin: string;
}

/** The site that passkeys are for: `ORIGIN`, or where the request was sent to. */
export function relyingPartyOf(c: Pick<LiveRequest, "req" | "env">): RelyingParty {
  const origin = linkOrigin(c);
  return { id: new URL(origin).hostname, origin };
}
