/** Why a connection ended, in this page's words. */
const CLOSINGS = [
  /** It broke off. */
  "cut",
  /** Nothing came for too long. */
  "silent",
  /** Nobody answered. */
  "unreachable",
  /** The server wants us to come back later. */
  "busy",
  /** The server closed it because it was old enough. */
  "retired",
  /** This page did not read, or did not answer, for too long. */
  "stalled",
  /** The topic holds too much to be sent. */
  "too-large",
  /** What this page held was not what the server had. */
  "mismatch",
  "session-ended",
  "access-ended",
  "not-found",
] as const;

export type Closing = (typeof CLOSINGS)[number];

/** How a stream's connection has been doing. */
export interface Health {
  /** When the server was heard last, in milliseconds since 1970; `null` before it was heard at all. */
  readonly heardAt: number | null;
  /** Why the last connection that ended has ended; `null` when none did. */
  readonly closing: Closing | null;
}

/** A stream that has just begun. */
export const UNHEARD: Health = { heardAt: null, closing: null };

/** Reads what another tab says of it; what is missing or odd is unknown. */
export function readHealth(value: unknown): Health {
  const { heardAt, closing }: { heardAt?: unknown; closing?: unknown } = Object(value);
  return {
    heardAt: typeof heardAt === "number" ? heardAt : null,
    closing: CLOSINGS.find((known) => known === closing) ?? null,
  };
}
