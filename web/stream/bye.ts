import type { ByeReason } from "../../protocol/streamEvents.ts";
import { readReason } from "./eventData.ts";
import type { Closing } from "./health.ts";

/** A topic that holds too much does not become smaller within seconds. */
export const TOO_LARGE_MS = 60_000;

/** What a `bye` means for the one who is sent away. */
interface Bye {
  /** How long to stay away, besides the random wait. */
  readonly waitMs: number;
  readonly closing: Closing;
}

/** By reason, so that a new reason does not compile until it has its line here. */
const BYES: Readonly<Record<ByeReason, Bye>> = {
  retired: { waitMs: 0, closing: "retired" },
  stalled: { waitMs: 0, closing: "stalled" },
  silent: { waitMs: 0, closing: "stalled" },
  "too-large": { waitMs: TOO_LARGE_MS, closing: "too-large" },
};

/** Reads a `bye`. A reason that this release does not know is like an ordinary end. */
export function readBye(data: string): Bye {
  const reason = readReason(data);
  return Object.hasOwn(BYES, reason) ? BYES[reason as ByeReason] : BYES.retired;
}
