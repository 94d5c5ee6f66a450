import type { Reader } from "./reader.ts";

/** Header in which the Worker tells a hub who subscribes. The Worker sets it itself, whatever a client sends. */
export const SUBSCRIPTION_HEADER = "mealcast-subscription";

/** Who subscribes, until when, and from where. */
export interface Subscription {
  readonly planId: string;
  readonly reader: Reader;
  /** The name that others see; `null` for a guest. */
  readonly name: string | null;
  /** The session that the stream ends with; `null` for a guest. */
  readonly sessionId: string | null;
  /** Milliseconds since 1970; `null` for a guest, whose share link says so. */
  readonly expiresAt: number | null;
  readonly lastEventId: string | null;
  /** The page found that what it holds is not what the hub sent. */
  readonly mismatch: boolean;
}
