import { EventSource } from "eventsource";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { contentHash } from "../../protocol/contentHash.ts";
import type { Viewer } from "../../protocol/streamEvents.ts";
import { fetchProbe } from "../../web/stream/probe.ts";
import { openSse } from "../../web/stream/sseTransport.ts";
import type { State } from "../../web/stream/states.ts";
import { TabChannel } from "../../web/stream/TabChannel.ts";
import { TabsConnection } from "../../web/stream/TabsConnection.ts";
import { Freezer } from "./support/Freezer.ts";
import { ManualClock } from "./support/ManualClock.ts";
import { Recorder } from "./support/Recorder.ts";
import { StreamServer, type OpenedStream } from "./support/StreamServer.ts";

const ONE = '{"_id":1,"n":1}';
const TWO = '{"_id":1,"n":2}';
const THREE = '{"_id":1,"n":3}';
const OTHER = '{"_id":2,"n":1}';
const LIVE = { event: "live", data: "{}" };

/** A leader that says nothing is dead after so long. */
const LEADER_DEAD_MS = 40_000;

interface Tab {
  readonly connection: TabsConnection;
  readonly states: Recorder<State>;
  /** What was shown, one list of texts after the other. */
  readonly shown: Recorder<readonly string[]>;
  readonly viewers: Recorder<readonly Viewer[]>;
  readonly clock: ManualClock;
  readonly freezer: Freezer;
}

let server: StreamServer;
let name: string;
let tabs: Tab[];
let closeEars: (() => void)[];

beforeEach(async () => {
  vi.stubGlobal("EventSource", EventSource);
  server = await StreamServer.start();
  name = `test-${crypto.randomUUID()}`;
  tabs = [];
  closeEars = [];
});

afterEach(async () => {
  for (const { connection } of tabs) connection.stop();
  for (const close of closeEars) close();
  await server.stop();
  vi.unstubAllGlobals();
});

/** Node's Web Locks and BroadcastChannel are real; a tab is one more user of both. */
function openTab({ locks = navigator.locks as LockManager | null, online = true } = {}): Tab {
  const clock = new ManualClock();
  const freezer = new Freezer();
  const states = new Recorder<State>();
  const shown = new Recorder<readonly string[]>();
  const viewers = new Recorder<readonly Viewer[]>();
  const connection = new TabsConnection({
    url: "/stream",
    base: server.url,
    open: freezer.transport(openSse),
    probe: fetchProbe(`${server.url}/document`),
    clock,
    random: () => 0,
    isOnline: () => online,
    heartbeatMs: 20_000,
    onState: states.add,
    onItems: (texts) => shown.add([...texts.values()]),
    onViewers: viewers.add,
    name,
    locks: locks && freezer.locks(locks),
  });
  const tab = { connection, states, shown, viewers, clock, freezer };
  tabs.push(tab);
  const { BroadcastChannel } = globalThis;
  vi.stubGlobal("BroadcastChannel", freezer.channel());
  connection.join();
  vi.stubGlobal("BroadcastChannel", BroadcastChannel);
  return tab;
}

/** Hears the kinds of messages that the tabs send each other. */
function listen(): Recorder<unknown> {
  const said = new Recorder<unknown>();
  const channel = new BroadcastChannel(name);
  channel.addEventListener("message", ({ data }: MessageEvent<{ kind: unknown }>) => said.add(data.kind));
  closeEars.push(() => channel.close());
  return said;
}

/** A leader that is live, and a follower that knows it. */
async function openTwo() {
  const leader = openTab();
  const stream = await server.nextStream();
  stream.send({ id: "e-1", data: ONE }, LIVE);
  await leader.states.untilLast("live");
  const follower = openTab();
  await follower.states.untilLast("live");
  return { leader, follower, stream };
}

/** Waits until all of the tabs show these items. */
async function untilShown(shownIn: readonly Tab[], ...texts: readonly string[]): Promise<void> {
  const expected = JSON.stringify(texts);
  await Promise.all(
    shownIn.map(({ shown }) => shown.until((all) => JSON.stringify(all.at(-1) ?? []) === expected)),
  );
}

function ping(stream: OpenedStream, id: string, text: string): void {
  stream.send({ event: "ping", data: JSON.stringify({ at: "", id, hash: contentHash(text) }) });
}

/** Time passes for a tab, with its turns of the event loop in between: a hello and its answer need two. */
async function wait({ clock }: Tab, milliseconds: number): Promise<void> {
  for (let rest = milliseconds; rest > 0; rest -= 5_000) {
    clock.advance(Math.min(rest, 5_000));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test("two tabs of one plan use one connection, and a new tab shows at once what the first knows", async () => {
  const { follower } = await openTwo();
  expect(follower.shown.all).toEqual([[ONE]]);
  expect(server.unclaimed).toBe(0);
});

test("a change reaches every tab", async () => {
  const { leader, follower, stream } = await openTwo();
  stream.send({ id: "e-2", data: TWO });
  await untilShown([leader, follower], TWO);
});

test("a new tab gets all items, and hears of each that changes or goes", async () => {
  const { leader, follower, stream } = await openTwo();
  stream.send({ id: "e-2", data: OTHER });
  await untilShown([leader, follower], ONE, OTHER);
  const third = openTab();
  await untilShown([third], ONE, OTHER);
  stream.send({ id: "e-3", event: "removed", data: '{"_id":1}' });
  await untilShown([leader, follower, third], OTHER);
});

test("nothing is shown of a snapshot before it is whole", async () => {
  const said = listen();
  const leader = openTab();
  const stream = await server.nextStream();
  stream.send({ id: "e-1", data: ONE });
  await said.untilLast("event");
  const follower = openTab();
  await said.untilLast("whole");
  stream.send({ id: "e-2", data: OTHER }, LIVE);
  await untilShown([leader, follower], ONE, OTHER);
  for (const { shown } of [leader, follower]) expect(shown.all).toHaveLength(1);
});

test("nothing goes during a replay before it is whole, not even in a tab that comes in between", async () => {
  const said = listen();
  const { leader, follower, stream } = await openTwo();
  stream.send({ event: "reset", data: '{"reason":"new-epoch"}' }, { id: "f-1", data: OTHER });
  await said.until((all) => all.slice(-2).join() === "event,event");
  const third = openTab();
  await said.untilLast("whole");
  expect(follower.shown.last).toEqual([ONE]);
  stream.send(LIVE);
  await untilShown([leader, follower, third], OTHER);
  expect([leader, follower, third].map(({ shown }) => shown.all.length)).toEqual([2, 2, 1]);
});

test("what a page missed is shown all at once", async () => {
  const { leader, follower, stream } = await openTwo();
  stream.cut();
  await leader.states.untilLast("reconnecting");
  leader.connection.resume();
  const again = await server.nextStream();
  again.send({ id: "e-2", data: TWO }, { id: "e-3", data: OTHER }, LIVE);
  await untilShown([leader, follower], TWO, OTHER);
  for (const { shown } of [leader, follower]) expect(shown.all).toHaveLength(2);
});

test("a new tab knows who is watching", async () => {
  const { follower, stream } = await openTwo();
  stream.send({ event: "presence", data: '{"viewers":[{"id":"1","name":"Jon"}]}' });
  await follower.viewers.until((all) => all.at(-1)?.length === 1);
  const third = openTab();
  await third.viewers.until((all) => all.at(-1)?.[0]?.name === "Jon");
});

test("a tab that knows more is not set back by a leader that is still connecting", async () => {
  const said = listen();
  const { leader, follower, stream } = await openTwo();
  const past = openTab();
  await untilShown([past], ONE);
  past.connection.pause(true);
  stream.send({ id: "e-2", data: TWO });
  await untilShown([follower], TWO);
  follower.connection.pause(false);
  leader.connection.stop();
  past.connection.join();
  const next = await server.nextStream();
  const newcomer = openTab();
  await said.untilLast("whole");
  await untilShown([newcomer], ONE);
  next.send(LIVE, { id: "e-3", data: THREE });
  await untilShown([past, follower, newcomer], THREE);
  expect(follower.shown.all).toEqual([[ONE], [TWO], [THREE]]);
});

test("a topic without items is known to be empty once it is live", async () => {
  const tab = openTab();
  (await server.nextStream()).send(LIVE);
  await tab.states.untilLast("live");
  expect(tab.shown.all).toEqual([[]]);
});

test("a tab that missed something finds out by itself and is brought up to date", async () => {
  const { leader, follower, stream } = await openTwo();
  follower.connection.pause(true);
  stream.send({ id: "e-2", data: TWO });
  await untilShown([leader], TWO);
  expect(follower.shown.last).toEqual([ONE]);
  follower.connection.join();
  await untilShown([follower], TWO);
});

test("when the leading tab is closed another takes over where it was", async () => {
  const { leader, follower, stream } = await openTwo();
  stream.send({ id: "e-2", data: TWO });
  await untilShown([follower], TWO);
  leader.connection.stop();
  const next = await server.nextStream();
  expect(next.url.searchParams.get("lastEventId")).toBe("e-2");
  next.send(LIVE, { id: "e-3", data: THREE });
  await untilShown([follower], THREE);
  expect(follower.states.last).toBe("live");
});

test("a tab that is hidden hands the lead to one that is seen, and goes on listening", async () => {
  const { leader, follower } = await openTwo();
  leader.connection.pause(false);
  const next = await server.nextStream();
  next.send(LIVE, { id: "e-2", data: TWO });
  await untilShown([leader, follower], TWO);
  await leader.states.untilLast("live");
});

test("when every tab is hidden nothing is open; the first to be seen continues", async () => {
  const { leader, follower, stream } = await openTwo();
  follower.connection.pause(false);
  leader.connection.pause(false);
  await stream.closed;
  await follower.states.untilLast("paused");
  expect([leader, follower].map(({ clock }) => clock.waiting)).toEqual([0, 0]);
  follower.connection.join();
  const next = await server.nextStream();
  expect(next.url.searchParams.get("lastEventId")).toBe("e-1");
});

test("a page that is left and comes back from the back/forward cache continues", async () => {
  const only = openTab();
  const stream = await server.nextStream();
  stream.send({ id: "e-1", data: ONE }, LIVE);
  await only.states.untilLast("live");
  only.connection.pause(true);
  await stream.closed;
  only.connection.join();
  const next = await server.nextStream();
  expect(next.url.searchParams.get("lastEventId")).toBe("e-1");
});

test("every tab learns that the right to watch is gone", async () => {
  const { leader, follower, stream } = await openTwo();
  stream.send({ event: "revoked", data: '{"reason":"no-longer-a-member"}' });
  await Promise.all([leader, follower].map(({ states }) => states.untilLast("revoked")));
});

test("signing in in one tab brings all of them back", async () => {
  const { leader, follower, stream } = await openTwo();
  stream.send({ event: "reauth", data: '{"reason":"session-expired"}' });
  await Promise.all([leader, follower].map(({ states }) => states.untilLast("signed-out")));
  follower.connection.resume();
  const next = await server.nextStream();
  next.send(LIVE);
  await Promise.all([leader, follower].map(({ states }) => states.untilLast("live")));
});

test("a leader that is frozen while it is live is replaced", async () => {
  const { leader, follower } = await openTwo();
  leader.freezer.freeze();
  await wait(follower, LEADER_DEAD_MS);
  const next = await server.nextStream();
  expect(next.url.searchParams.get("lastEventId")).toBe("e-1");
  next.send(LIVE, { id: "e-2", data: TWO });
  await untilShown([follower], TWO);
});

test("a leader that is frozen while it reconnects is replaced as well", async () => {
  const { leader, follower, stream } = await openTwo();
  stream.cut();
  await follower.states.untilLast("reconnecting");
  leader.freezer.freeze();
  await wait(follower, LEADER_DEAD_MS);
  const next = await server.nextStream();
  next.send(LIVE);
  await follower.states.untilLast("live");
});

test("a leader that says nothing because nothing happens keeps the lead", async () => {
  const { follower } = await openTwo();
  const said = listen();
  await wait(follower, 10 * LEADER_DEAD_MS);
  expect(server.unclaimed).toBe(0);
  expect(new Set(said.all)).toEqual(new Set(["hello", "status"]));
  expect(follower.states.last).toBe("live");
});

test("a leader that thaws puts nothing old into other tabs, and follows the new one", async () => {
  const { leader, follower, stream } = await openTwo();
  const third = openTab();
  await untilShown([third], ONE);
  leader.freezer.freeze();
  stream.send({ id: "e-2", data: TWO });
  await wait(follower, LEADER_DEAD_MS);
  const next = await server.nextStream();
  next.send(LIVE, { id: "e-3", data: THREE });
  await untilShown([follower, third], THREE);
  leader.freezer.thaw();
  await untilShown([leader], THREE);
  next.send({ id: "e-4", data: OTHER });
  await untilShown([leader, follower, third], THREE, OTHER);
  for (const { shown } of [follower, third]) expect(shown.all).not.toContainEqual([TWO]);
});

test("a tab that holds something else than the leader is brought up to date at the next heartbeat", async () => {
  const { leader, follower, stream } = await openTwo();
  // A stranger on the channel, as a leader of a later release with a fault would be.
  const stranger = new TabChannel(name, () => {});
  stranger.open();
  const event = { event: "message", id: "e-0", data: TWO } as const;
  stranger.say({ kind: "event", term: leader.clock.now(), event });
  await untilShown([follower], TWO);
  ping(stream, "e-1", ONE);
  await untilShown([follower], ONE);
  stranger.close();
});

test("a tab that led before it was signed out can lead again", async () => {
  const { leader, follower, stream } = await openTwo();
  stream.send({ event: "reauth", data: '{"reason":"session-expired"}' });
  await follower.states.untilLast("signed-out");
  leader.connection.pause(false);
  const second = await server.nextStream();
  second.send(LIVE);
  await leader.states.untilLast("live");
  leader.connection.join();
  follower.connection.stop();
  const third = await server.nextStream();
  third.send({ id: "e-2", data: TWO }, LIVE);
  await untilShown([leader], TWO);
});

test("a page in the back/forward cache hears nothing, or the browser would throw it away", async () => {
  const { leader, follower } = await openTwo();
  leader.connection.pause(true);
  const next = await server.nextStream();
  const before = leader.shown.all.length;
  next.send(LIVE, { id: "e-2", data: TWO });
  await untilShown([follower], TWO);
  const third = openTab();
  await untilShown([third], TWO);
  expect(leader.shown.all).toHaveLength(before);
});

test("a new tab does not wait for a leader that never answers", async () => {
  const released = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const dead = navigator.locks.request(name, () => {
    held.resolve();
    return released.promise;
  });
  const stolen = expect(dead).rejects.toThrow(DOMException);
  await held.promise;
  const tab = openTab();
  await wait(tab, 10_000);
  await server.nextStream();
  released.resolve();
  await stolen;
});

test("without Web Locks every tab has its own connection", async () => {
  openTab({ locks: null });
  openTab({ locks: null });
  await server.nextStream();
  await server.nextStream();
});

test("a page that starts without a network says so when nobody answers", async () => {
  server.refuseStreams = 503;
  server.answer = () => null;
  const { states } = openTab({ locks: null, online: false });
  await states.untilLast("offline");
});
