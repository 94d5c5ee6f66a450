import { EventSource } from "eventsource";
import { vi } from "vitest";
import { Connection } from "../../../web/stream/Connection.ts";
import { HeldItems } from "../../../web/stream/HeldItems.ts";
import { fetchProbe } from "../../../web/stream/probe.ts";
import type { ReceivedEvent } from "../../../web/stream/receivedEvent.ts";
import { openSse } from "../../../web/stream/sseTransport.ts";
import type { State } from "../../../web/stream/states.ts";
import { ManualClock } from "./ManualClock.ts";
import { Recorder } from "./Recorder.ts";
import { StreamServer, type OpenedStream } from "./StreamServer.ts";

export const HEARTBEAT_MS = 20_000;
export const LONGEST_FIRST_WAIT_MS = 3_000;

export const SOUP = '{"_id":1,"title":"Soup"}';
export const STEW = '{"_id":2,"title":"Stew"}';

/** A connection to a server, both in the test's hands, with all that it did. */
export interface OpenedConnection {
  readonly server: StreamServer;
  readonly clock: ManualClock;
  readonly states: Recorder<State>;
  readonly events: Recorder<ReceivedEvent>;
  readonly held: HeldItems;
  /** The addresses that it opened. */
  readonly opened: readonly URL[];
  /** What the browser says of the network. */
  readonly network: { isOnline: boolean };
  readonly connection: Connection;
  /** Opens a stream that holds one item and is live. */
  readonly goLive: (data?: string, id?: string) => Promise<OpenedStream>;
  readonly close: () => Promise<void>;
}

/** Starts a server and makes a connection to it that is not started yet. */
export async function openConnection(): Promise<OpenedConnection> {
  vi.stubGlobal("EventSource", EventSource);
  const server = await StreamServer.start();
  const clock = new ManualClock();
  const states = new Recorder<State>();
  const events = new Recorder<ReceivedEvent>();
  const held = new HeldItems();
  const opened: URL[] = [];
  const network = { isOnline: true };
  const connection = new Connection({
    url: "/stream?share=abc",
    base: server.url,
    open: (url, listener) => {
      opened.push(url);
      return openSse(url, listener);
    },
    probe: fetchProbe(`${server.url}/stream?share=abc`),
    clock,
    random: () => 0.999,
    isOnline: () => network.isOnline,
    held,
    heartbeatMs: HEARTBEAT_MS,
    onState: states.add,
    onEvent: events.add,
  });

  async function goLive(data = SOUP, id = "e-1"): Promise<OpenedStream> {
    connection.send("start");
    const stream = await server.nextStream();
    stream.send({ id, data }, { event: "live", data: "{}" });
    await states.untilLast("live");
    return stream;
  }

  async function close(): Promise<void> {
    connection.send("stop");
    await server.stop();
    vi.unstubAllGlobals();
  }

  return { server, clock, states, events, held, opened, network, connection, goLive, close };
}
