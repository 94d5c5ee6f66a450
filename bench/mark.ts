/**
 * What a bench writes into each document so that a client can tell which one it received and how old it is: the number
 * of the change and when it was sent, in milliseconds of the machine's monotonic clock, which all processes share.
 */
export interface Mark {
  readonly seq: number;
  readonly sentAt: number;
}

const NANOSECONDS_PER_MS = 1e6;

/** Milliseconds of the monotonic clock. */
export function clock(): number {
  return Number(process.hrtime.bigint()) / NANOSECONDS_PER_MS;
}

/** Writes a mark. */
export function formatMark({ seq, sentAt }: Mark): string {
  return `~${seq}:${sentAt.toFixed(3)}~`;
}

/** Reads what stands between the two tildes. */
export function parseMark(text: string): Mark {
  const colon = text.indexOf(":");
  return { seq: Number(text.slice(0, colon)), sentAt: Number(text.slice(colon + 1)) };
}
