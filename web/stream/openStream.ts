import type { Viewer } from "../../protocol/streamEvents.ts";
import { systemClock } from "./clock.ts";
import type { Health } from "./health.ts";
import { watchPage } from "./pageLifecycle.ts";
import { fetchProbe } from "./probe.ts";
import { itemReader } from "./readItems.ts";
import { Silence } from "./Silence.ts";
import { openSse } from "./sseTransport.ts";
import type { State } from "./states.ts";
import { TabsConnection } from "./TabsConnection.ts";
import { openWebSocket } from "./webSocketTransport.ts";

export interface StreamOptions<Item> {
  /** Address of the stream. It is also read as JSON, to learn why a stream was refused. */
  readonly url: string;
  /** Reads an item from its JSON value. */
  readonly parse: (value: unknown) => Item;
  /**
   * Called with all items when the stream has caught up, and after each change from then on. A key is the JSON of the
   * item's `_id`. An item that did not change is the same object as before.
   */
  readonly onItems: (items: ReadonlyMap<string, Item>) => void;
  /** Called when the state changes. */
  readonly onState: (state: State) => void;
  /** Called when somebody begins or ends watching. */
  readonly onViewers?: (viewers: readonly Viewer[]) => void;
  /** Called when the server was heard, and when a connection ended. */
  readonly onHealth?: (health: Health) => void;
  /**
   * Called with the seconds for which nothing was heard, each second, when those are too many to believe that what is
   * shown is what is true; with `null` when that is over.
   */
  readonly onSilence?: (seconds: number | null) => void;
  readonly transport?: "sse" | "websocket";
  /**
   * Tabs of this origin with the same group use one connection together. Name the user in it as well as the stream:
   * what one may see is not for the other. Without a group each tab has its own.
   */
  readonly tabGroup?: string;
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

/** Follows the items of a stream through restarts, dead networks, sleep and hidden tabs. */
export function openStream<Item>(options: StreamOptions<Item>): Stream {
  const { url, tabGroup, transport, heartbeatSeconds = 20, hiddenSeconds = 300 } = options;
  const together = tabGroup !== undefined && "locks" in navigator && "BroadcastChannel" in globalThis;
  const read = itemReader(options.parse);
  const silence = new Silence(systemClock, options.onSilence ?? (() => {}));
  const connection = new TabsConnection({
    url,
    base: location.href,
    open: transport === "websocket" ? openWebSocket : openSse,
    probe: fetchProbe(url),
    clock: systemClock,
    random: Math.random,
    isOnline: () => navigator.onLine,
    heartbeatMs: heartbeatSeconds * 1000,
    name: `stream-2:${tabGroup ?? ""}`,
    locks: together ? navigator.locks : null,
    onState: (state) => {
      options.onState(state);
      silence.follow(state);
    },
    onItems: (texts) => options.onItems(read(texts)),
    onViewers: options.onViewers ?? (() => {}),
    onHealth: (health) => {
      options.onHealth?.(health);
      silence.heard(health.heardAt);
    },
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
      silence.stop();
    },
  };
}
