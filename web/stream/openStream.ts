import { systemClock } from "./clock.ts";
import { openEventSource } from "./eventSourceTransport.ts";
import { readEvent, type StreamEvent } from "./frameData.ts";
import { watchPage } from "./pageLifecycle.ts";
import { fetchProbe } from "./probe.ts";
import { SharedConnection } from "./SharedConnection.ts";
import type { State } from "./states.ts";
import type { Frame } from "./transport.ts";
import { openWebSocket } from "./webSocketTransport.ts";

export interface StreamOptions<Item> {
  /** Address of the stream. */
  readonly url: string;
  /** Address of the same document under the same rights: it is read to learn why a stream was refused. */
  readonly probeUrl: string;
  /** Reads an item from its JSON value. */
  readonly parse: (value: unknown) => Item;
  /** Called with each event, in order. */
  readonly onEvent: (event: StreamEvent<Item>) => void;
  /** Called when the state changes. */
  readonly onState: (state: State) => void;
  readonly transport?: "event-source" | "websocket";
  /**
   * Pages of this origin with the same key share one connection. Name the user in it as well as the document: what one
   * may see is not for the other. Without a key each page has its own.
   */
  readonly shareKey?: string;
  /** Seconds between two heartbeats, until the stream itself has shown them. 20 if not given. */
  readonly heartbeatSeconds?: number;
  /** Seconds for which a page may be hidden before it gives up its connection. 300 if not given. */
  readonly hiddenSeconds?: number;
}

/** A stream that stays open until it is closed or the server ends it for good. */
export interface Stream {
  /** Goes on after a sign-in, or tries at once instead of waiting. */
  readonly resume: () => void;
  readonly close: () => void;
}

/** Opens a stream and keeps it open through restarts, dead networks, sleep and hidden tabs. */
export function openStream<Item>(options: StreamOptions<Item>): Stream {
  const { url, probeUrl, shareKey, transport, heartbeatSeconds = 20, hiddenSeconds = 300 } = options;
  const shared = shareKey !== undefined && "locks" in navigator && "BroadcastChannel" in globalThis;
  const connection = new SharedConnection({
    url,
    base: location.href,
    open: transport === "websocket" ? openWebSocket : openEventSource,
    probe: fetchProbe(probeUrl),
    clock: systemClock,
    random: Math.random,
    heartbeatMs: heartbeatSeconds * 1000,
    onState: options.onState,
    onFrame: (frame) => deliver(frame, options),
    name: `stream-1:${shareKey ?? ""}`,
    locks: shared ? navigator.locks : null,
    isOnline: () => navigator.onLine,
  });
  const stopWatching = watchPage({ document, window }, systemClock, hiddenSeconds * 1000, {
    onHidden: () => connection.pause(false),
    onShown: () => connection.join(),
    onLeft: () => connection.pause(true),
    onReturned: () => connection.join(),
    onOffline: () => connection.wentOffline(),
    onOnline: () => connection.wentOnline(),
  });
  connection.join();
  return {
    resume: () => connection.resume(),
    close: () => {
      stopWatching();
      connection.stop();
    },
  };
}

function deliver<Item>(frame: Frame, options: StreamOptions<Item>): void {
  let event: StreamEvent<Item>;
  try {
    event = readEvent(frame, options.parse);
  } catch (error) {
    // One unreadable event must not end the stream; the heartbeat's self-check heals what it left behind.
    reportError(error);
    return;
  }
  options.onEvent(event);
}
