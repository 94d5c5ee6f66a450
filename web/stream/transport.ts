import type { ReceivedEvent } from "./receivedEvent.ts";

/**
 * Why a connection ended. `lost`: the network, a restart. `refused`: the server answered something else than a stream,
 * and the browser does not say what. The other two are close codes of a WebSocket.
 */
export type Ending = "lost" | "refused" | "session-ended" | "access-ended";

/** Hears what a transport receives. After `onEnd` nothing more comes. */
interface TransportListener {
  readonly onEvent: (event: ReceivedEvent) => void;
  readonly onEnd: (ending: Ending) => void;
}

/** An open (or opening) connection. */
export interface Transport {
  /** Closes silently: no `onEnd` follows. */
  readonly close: () => void;
  /** Shows the server that somebody listens, where that is the client's part. Called once per heartbeat. */
  readonly ping?: () => void;
}

/** Opens a connection. */
export type OpenTransport = (url: URL, listener: TransportListener) => Transport;
