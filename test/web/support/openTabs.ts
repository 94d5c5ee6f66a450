import { EventSource } from "eventsource";
import { vi } from "vitest";
import { contentHash } from "../../../protocol/contentHash.ts";
import type { Viewer } from "../../../protocol/streamEvents.ts";
import { fetchProbe } from "../../../web/stream/probe.ts";
import { openSse } from "../../../web/stream/sseTransport.ts";
import type { Health } from "../../../web/stream/health.ts";
import type { State } from "../../../web/stream/states.ts";
import { TabsConnection } from "../../../web/stream/TabsConnection.ts";
import { Freezer } from "./Freezer.ts";
import { ManualClock } from "./ManualClock.ts";
import { Recorder } from "./Recorder.ts";
import { StreamServer, type OpenedStream } from "./StreamServer.ts";

export const ONE = '{"_id":1,"n":1}';
export const TWO = '{"_id":1,"n":2}';
export const THREE = '{"_id":1,"n":3}';
export const OTHER = '{"_id":2,"n":1}';
export const LIVE = { event: "live", data: "{}" };

/** A leader that says nothing is dead after so long. */
export const LEADER_DEAD_MS = 40_000;

/** One tab of a browser, with all that it showed. */
interface Tab {
  readonly connection: TabsConnection;
  readonly states: Recorder<State>;
  /** What was shown, one list of texts after the other. */
  readonly shown: Recorder<readonly string[]>;
  readonly viewers: Recorder<readonly Viewer[]>;
  readonly health: Recorder<Health>;
  readonly clock: ManualClock;
  readonly freezer: Freezer;
}

interface TabOptions {
  readonly locks?: LockManager | null;
  readonly online?: boolean;
}

/** The tabs of one browser, and the server that they watch. */
export interface Tabs {
  readonly server: StreamServer;
  /** The name of the channel and of the lock. */
  readonly name: string;
  readonly openTab: (options?: TabOptions) => Tab;
  /** A leader that is live, and a follower that knows it. */
  readonly openTwo: () => Promise<{ leader: Tab; follower: Tab; stream: OpenedStream }>;
  /** Hears the kinds of messages that the tabs send each other. */
  readonly listen: () => Recorder<unknown>;
  readonly close: () => Promise<void>;
}

/** Node's Web Locks and BroadcastChannel are real; a tab is one more user of both. */
export async function openTabs(): Promise<Tabs> {
  vi.stubGlobal("EventSource", EventSource);
  const server = await StreamServer.start();
  const name = `test-${crypto.randomUUID()}`;
  const closing: (() => void)[] = [];

  function openTab(options: TabOptions = {}): Tab {
    const tab = makeTab(server.url, name, options);
    closing.push(() => tab.connection.stop());
    const { BroadcastChannel } = globalThis;
    vi.stubGlobal("BroadcastChannel", tab.freezer.channel());
    tab.connection.join();
    vi.stubGlobal("BroadcastChannel", BroadcastChannel);
    return tab;
  }

  async function openTwo() {
    const leader = openTab();
    const stream = await server.nextStream();
    stream.send({ id: "e-1", data: ONE }, LIVE);
    await leader.states.untilLast("live");
    const follower = openTab();
    await follower.states.untilLast("live");
    return { leader, follower, stream };
  }

  function listen(): Recorder<unknown> {
    const said = new Recorder<unknown>();
    const channel = new BroadcastChannel(name);
    channel.addEventListener("message", ({ data }: MessageEvent<{ kind: unknown }>) => said.add(data.kind));
    closing.push(() => channel.close());
    return said;
  }

  async function close(): Promise<void> {
    for (const one of closing) one();
    await server.stop();
    vi.unstubAllGlobals();
  }

  return { server, name, openTab, openTwo, listen, close };
}

function makeTab(base: string, name: string, { locks = navigator.locks, online = true }: TabOptions): Tab {
  const clock = new ManualClock();
  const freezer = new Freezer();
  const states = new Recorder<State>();
  const shown = new Recorder<readonly string[]>();
  const viewers = new Recorder<readonly Viewer[]>();
  const health = new Recorder<Health>();
  const connection = new TabsConnection({
    url: "/stream",
    base,
    open: freezer.transport(openSse),
    probe: fetchProbe(`${base}/stream`),
    clock,
    random: () => 0,
    isOnline: () => online,
    heartbeatMs: 20_000,
    onState: states.add,
    onItems: (texts) => shown.add([...texts.values()]),
    onViewers: viewers.add,
    onHealth: health.add,
    name,
    locks: locks && freezer.locks(locks),
  });
  return { connection, states, shown, viewers, health, clock, freezer };
}

/** Waits until all of the tabs show these items. */
export async function untilShown(shownIn: readonly Tab[], ...texts: readonly string[]): Promise<void> {
  const expected = JSON.stringify(texts);
  await Promise.all(
    shownIn.map(({ shown }) => shown.until((all) => JSON.stringify(all.at(-1) ?? []) === expected)),
  );
}

/** Sends a heartbeat about a place and the one item that is held there. */
export function ping(stream: OpenedStream, id: string, text: string): void {
  stream.send({ event: "ping", data: JSON.stringify({ at: "", id, hash: contentHash(text) }) });
}

/** Time passes for a tab, with its turns of the event loop in between: a hello and its answer need two. */
export async function wait({ clock }: Tab, milliseconds: number): Promise<void> {
  for (let rest = milliseconds; rest > 0; rest -= 5_000) {
    clock.advance(Math.min(rest, 5_000));
    await new Promise((resolve) => setImmediate(resolve));
  }
}
