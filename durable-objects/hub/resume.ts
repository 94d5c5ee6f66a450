import type { EventId } from "../../protocol/eventId.ts";
import type { ResetReason } from "../../protocol/streamEvents.ts";

/** What a log can still tell. */
export interface LogRange {
  /** Names its life. */
  readonly epoch: string;
  /** The newest seq. */
  readonly head: number;
  /** The seq up to which something was forgotten: removals, or whole changes. */
  readonly floor: number;
  /** Whether what is left after the floor is no longer the whole: then a replay begins there. */
  readonly isHistory: boolean;
}

/** Where a subscriber starts: after `cursor`, and with a `reset` first when what it holds can't be continued. */
export interface Resume {
  readonly cursor: number;
  readonly reset: ResetReason | null;
}

/** The cursor from which a full replay begins. */
export function replayStart({ isHistory, floor }: LogRange): number {
  return isHistory ? floor : 0;
}

/**
 * Decides between continuing and starting over.
 * @param last The last event id that the client names; `null` when it names none, `"malformed"` when it can't be read.
 */
export function decideResume(last: EventId | "malformed" | null, range: LogRange): Resume {
  const reset = resetReason(last, range);
  if (reset) return { cursor: replayStart(range), reset };
  if (last === null || last === "malformed") return { cursor: range.isHistory ? range.head : 0, reset };
  return { cursor: last.seq, reset };
}

function resetReason(last: EventId | "malformed" | null, range: LogRange): ResetReason | null {
  if (last === null) return null;
  if (last === "malformed") return "malformed";
  if (last.epoch !== range.epoch) return "unknown-epoch";
  if (last.seq < range.floor) return "below-floor";
  return last.seq > range.head ? "above-head" : null;
}
