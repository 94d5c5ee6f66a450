import { CommandError } from "../errors/CommandError.ts";
import type { Time } from "./clusterTime.ts";

/**
 * A place in the oplog. Places are ordered by time, then by the position within one transaction; `end` is the place
 * after everything with its time, where an idle stream stands.
 */
export interface OplogPlace {
  readonly time: Time;
  readonly position: number;
  /** `invalidate` stands after the event that ended a stream: only `startAfter` may begin there. */
  readonly kind: "event" | "invalidate" | "end";
}

/** The byte by which the real server's token begins too: a timestamp follows. */
const TIMESTAMP_TYPE = "82";
const END_POSITION = 0xffffffff;
const KINDS = { event: "01", invalidate: "02", end: "ff" } as const;
const TERMINATOR = "04";
const TOKEN = /^82([0-9a-f]{16})([0-9a-f]{8})(01|02|ff)04$/i;

/** The place after everything that happened at a time. */
export function endOf(time: Time): OplogPlace {
  return { time, position: END_POSITION, kind: "end" };
}

/** The `_data` of a resume token: upper-case hex digits whose text order is the order of the places. */
export function formatToken(place: OplogPlace): string {
  const position = place.position.toString(16).padStart(8, "0");
  return `${TIMESTAMP_TYPE}${place.time}${position}${KINDS[place.kind]}${TERMINATOR}`.toUpperCase();
}

/** Reads a token; throws `InvalidResumeToken` for text that is none of ours. */
export function parseToken(data: string): OplogPlace {
  const [, time, position, kind] = TOKEN.exec(data) ?? [];
  if (time === undefined || position === undefined || kind === undefined) {
    throw new CommandError("InvalidResumeToken", "Bad resume token: not a token of this server");
  }
  return {
    time: time.toLowerCase(),
    position: Number.parseInt(position, 16),
    kind: kindOf(kind.toLowerCase()),
  };
}

function kindOf(digits: string): OplogPlace["kind"] {
  if (digits === KINDS.event) return "event";
  return digits === KINDS.invalidate ? "invalidate" : "end";
}
