import type { StreamEventName } from "../../protocol/streamEvents.ts";

/** Whether an event moves the cursor. By name, so that a new event does not compile until it has its line here. */
const MOVES_CURSOR: Readonly<Record<StreamEventName, boolean>> = {
  message: true,
  removed: true,
  change: true,
  reset: false,
  live: false,
  ping: false,
  presence: false,
  revoked: false,
  reauth: false,
  bye: false,
};

/** The events of a stream, as both transports name them. */
export const EVENT_NAMES = Object.keys(MOVES_CURSOR) as readonly StreamEventName[];

/** One event as it came. `data` is JSON text; `id` is there where the event moves the cursor. */
export interface ReceivedEvent {
  readonly event: StreamEventName;
  readonly id?: string;
  readonly data: string;
}

/** Makes an event of its parts; `null` for a name that this release does not know. */
export function receivedEvent(name: unknown, data: string, id: unknown): ReceivedEvent | null {
  const event = EVENT_NAMES.find((known) => known === name);
  if (event === undefined) return null;
  return MOVES_CURSOR[event] && typeof id === "string" && id !== "" ? { event, data, id } : { event, data };
}
