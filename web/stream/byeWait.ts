import type { ByeReason } from "../../protocol/streamEvents.ts";
import { readReason } from "./eventData.ts";

/** A topic that holds too much does not become smaller within seconds. */
export const TOO_LARGE_MS = 60_000;

/** How long to stay away, by reason, so that a new reason does not compile until it has its line here. */
const WAIT_MS: Readonly<Record<ByeReason, number>> = {
  retired: 0,
  stalled: 0,
  silent: 0,
  "too-large": TOO_LARGE_MS,
};

/** Milliseconds to stay away after a `bye`, besides the random wait; none for a reason that this release does not know. */
export function byeWait(data: string): number {
  const reason = readReason(data);
  return Object.hasOwn(WAIT_MS, reason) ? WAIT_MS[reason as ByeReason] : 0;
}
