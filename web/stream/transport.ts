import type { StreamEventName } from "../../protocol/streamEvents.ts";

/** The events of a stream, as both transports name them. */
export const EVENT_NAMES = [
  "message",
  "removed",
  "reset",
  "live",
  "ping",
  "presence",
  "revoked",
  "reauth",
  "bye",
] as const satisfies readonly StreamEventName[];

/** One event as it came. `data` is JSON text; `id` is there where the event moves the cursor. */
export interface Frame {
  readonly event: StreamEventName;
  readonly id?: string;
  readonly data: string;
}

/**
 * Why a connection ended. `lost`: the network, a restart. `refused`: the server answered something else than a stream,
 * and the browser does not tell what. The other two are close codes of a WebSocket.
 */
export type Ending = "lost" | "refused" | "session-ended" | "access-ended";

/** What a transport tells. After `onEnd` it tells nothing more. */
interface TransportListener {
  readonly onFrame: (frame: Frame) => void;
  readonly onEnd: (ending: Ending) => void;
}

/** An open (or opening) connection. */
export interface Transport {
  /** Closes silently: no `onEnd` follows. */
  readonly close: () => void;
  /** Asks the server for a sign of life, where that is the client's part. Called once per heartbeat. */
  readonly beat?: () => void;
}

/** Opens a connection. */
export type OpenTransport = (url: URL, listener: TransportListener) => Transport;
