import type { EventId } from "../../protocol/eventId.ts";
import type { ResetReason } from "../../protocol/streamEvents.ts";

/** What a log can still tell: its life, the newest seq, and the seq up to which removals were forgotten. */
export interface LogRange {
  readonly epoch: string;
  readonly head: number;
  readonly floor: number;
}

/** Where a subscriber starts: after `cursor`, and with a `reset` first when what it holds can't be continued. */
export interface Resume {
  readonly cursor: number;
  readonly reset: ResetReason | null;
}

/**
 * Decides between continuing and starting over.
 * @param last The last event id that the client names; `null` when it names none, `"malformed"` when it can't be read.
 */
export function decideResume(last: EventId | "malformed" | null, range: LogRange): Resume {
  if (last === null) return { cursor: 0, reset: null };
  if (last === "malformed") return { cursor: 0, reset: "malformed" };
  if (last.epoch !== range.epoch) return { cursor: 0, reset: "unknown-epoch" };
  if (last.seq < range.floor) return { cursor: 0, reset: "below-floor" };
  if (last.seq > range.head) return { cursor: 0, reset: "above-head" };
  return { cursor: last.seq, reset: null };
}
