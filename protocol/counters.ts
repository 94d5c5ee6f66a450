import type { DELAY_BOUNDS } from "./delayBounds.ts";
import type { ByeReason } from "./streamEvents.ts";

/** What a hub counts, and what each means to an operator. */
export const COUNTERS = {
  published: "Changes that got a new event",
  repeats: "Changes that were known already",
  stale: "Changes that were older than what was known",
  healed: "Differences that a reconcile found and healed",
  joined: "Streams opened",
  resumed: "Streams that continued where they had been",
  reset: "Streams that had to start over",
  conflated: "Updates that a newer one overtook before they were handed over",
  mismatched: "Pages that found themselves different from the hub",
  refused: "Streams refused",
  delivered: "Updates handed over",
} as const satisfies Record<string, string>;

/** Why a stream was closed. `left` is the client's own doing. */
export type CloseReason = "left" | "revoked" | "reauth" | ByeReason;

/** By reason, so that a new one does not compile until it is listed here. */
const IS_CLOSE_REASON: Readonly<Record<CloseReason, true>> = {
  left: true,
  revoked: true,
  reauth: true,
  retired: true,
  stalled: true,
  silent: true,
  "too-large": true,
};

/** Every reason for which a stream is closed. */
export const CLOSE_REASONS = Object.keys(IS_CLOSE_REASON) as readonly CloseReason[];

/** The name of a count: of a counter, of closings by reason, or of deliveries by the bound that their delay stays within. */
export type CounterName =
  | keyof typeof COUNTERS
  | "delaySum"
  | `closed:${CloseReason}`
  | `delay:${(typeof DELAY_BOUNDS)[number] | "+Inf"}`;

/** Counts by name. A name that never happened is absent. */
export type Counts = Partial<Record<CounterName, number>>;
