import type { Filter } from "./filter.ts";
import type { Reader } from "./reader.ts";

/** Header in which the Worker tells a hub who subscribes. The Worker sets it itself, whatever a client sends. */
export const SUBSCRIPTION_HEADER = "mealcast-subscription";

/** Who subscribes, to what, until when, and from where. */
export interface Subscription {
  readonly reader: Reader;
  /** The name of the object that counts his streams on all hubs together; `null` for nobody's. */
  readonly holder: string | null;
  /** The name that others see; `null` for whoever has no account. */
  readonly name: string | null;
  /** The session that the stream ends with; `null` without one. */
  readonly sessionId: string | null;
  /** Milliseconds since 1970; `null` without a session. */
  readonly expiresAt: number | null;
  /** Which items are wanted; `null` for all. */
  readonly filter: Filter | null;
  readonly lastEventId: string | null;
  /** From when on changes are wanted, in milliseconds since 1970; `null` for from now on. */
  readonly since: number | null;
  /** The page found that what it holds is not what the hub sent. */
  readonly mismatch: boolean;
  /** Whether a heartbeat is a `ping` event, or a mere comment line. */
  readonly heartbeat: "event" | "comment";
}
