/** The place of an event in one life of a hub's log. `seq` counts from 1; the epoch names the life. */
export interface EventId {
  readonly epoch: string;
  readonly seq: number;
}

const EVENT_ID = /^([0-9a-z]{1,32})-(\d{1,15})$/;

/** Writes an event id as the wire has it: `<epoch>-<seq>`. */
export function formatEventId(id: EventId): string {
  return `${id.epoch}-${id.seq}`;
}

/** Reads an event id, or answers `null` for text that no hub has ever written. */
export function parseEventId(text: string): EventId | null {
  const match = EVENT_ID.exec(text);
  if (!match?.[1] || !match[2]) return null;
  return { epoch: match[1], seq: Number(match[2]) };
}
