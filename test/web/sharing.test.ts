import { EventSource } from "eventsource";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openEventSource } from "../../web/stream/eventSourceTransport.ts";
import { fetchProbe } from "../../web/stream/probe.ts";
import { SharedConnection } from "../../web/stream/SharedConnection.ts";
import type { State } from "../../web/stream/states.ts";
import type { Frame } from "../../web/stream/transport.ts";
import { ManualClock } from "./support/ManualClock.ts";
import { Recorder } from "./support/Recorder.ts";
import { StreamServer } from "./support/StreamServer.ts";

interface Tab {
  readonly connection: SharedConnection;
  readonly states: Recorder<State>;
  readonly frames: Recorder<Frame>;
  readonly clock: ManualClock;
}

let server: StreamServer;
let name: string;
let tabs: Tab[];

beforeEach(async () => {
  vi.stubGlobal("EventSource", EventSource);
  server = await StreamServer.start();
  name = `test-${crypto.randomUUID()}`;
  tabs = [];
});

afterEach(async () => {
  for (const { connection } of tabs) connection.stop();
  await server.stop();
  vi.unstubAllGlobals();
});

/** Node's Web Locks and BroadcastChannel are real; a tab is one more user of both. */
function openTab({ locks = navigator.locks as LockManager | null, online = true } = {}): Tab {
  const clock = new ManualClock();
  const states = new Recorder<State>();
  const frames = new Recorder<Frame>();
  const connection = new SharedConnection({
    url: "/stream",
    base: server.url,
    open: openEventSource,
    probe: fetchProbe(`${server.url}/document`),
    clock,
    random: () => 0,
    heartbeatMs: 20_000,
    onState: states.add,
    onFrame: frames.add,
    name,
    locks,
    isOnline: () => online,
  });
  const tab = { connection, states, frames, clock };
  tabs.push(tab);
  connection.join();
  return tab;
}

/** A leader that is live, and a follower that knows it. */
async function openTwo() {
  const leader = openTab();
  const stream = await server.nextStream();
  stream.send({ id: "e-1", data: '"one"' }, { event: "live", data: "{}" });
  await leader.states.untilLast("live");
  const follower = openTab();
  await follower.states.untilLast("live");
  return { leader, follower, stream };
}

function has(data: string): (all: readonly Frame[]) => boolean {
  return (all) => all.some((frame) => frame.data === data);
}

test("two tabs of one plan use one connection, and a new tab is told at once what the first knows", async () => {
  const { follower } = await openTwo();
  expect(follower.frames.all).toContainEqual({ event: "message", id: "e-1", data: '"one"' });
  expect(server.unclaimed).toBe(0);
});

test("a change reaches every tab", async () => {
  const { leader, follower, stream } = await openTwo();
  stream.send({ id: "e-2", data: '"two"' });
  await Promise.all([leader, follower].map(({ frames }) => frames.until(has('"two"'))));
});

test("when the leading tab is closed another takes over where it was", async () => {
  const { leader, follower, stream } = await openTwo();
  stream.send({ id: "e-2", data: '"two"' });
  await follower.frames.until(has('"two"'));
  leader.connection.stop();
  const next = await server.nextStream();
  expect(next.url.searchParams.get("lastEventId")).toBe("e-2");
  next.send({ event: "live", data: "{}" }, { id: "e-3", data: '"three"' });
  await follower.frames.until(has('"three"'));
  expect(follower.states.last).toBe("live");
});

test("a tab that is hidden hands the lead to one that is seen, and goes on listening", async () => {
  const { leader, follower } = await openTwo();
  leader.connection.pause(false);
  const next = await server.nextStream();
  next.send({ event: "live", data: "{}" }, { id: "e-2", data: '"two"' });
  await Promise.all([leader, follower].map(({ frames }) => frames.until(has('"two"'))));
  await leader.states.untilLast("live");
});

test("when every tab is hidden nothing is open; the first to be seen continues", async () => {
  const { leader, follower, stream } = await openTwo();
  follower.connection.pause(false);
  leader.connection.pause(false);
  await stream.closed;
  await follower.states.untilLast("paused");
  follower.connection.join();
  const next = await server.nextStream();
  expect(next.url.searchParams.get("lastEventId")).toBe("e-1");
});

test("a page that is left and comes back from the back/forward cache continues", async () => {
  const only = openTab();
  const stream = await server.nextStream();
  stream.send({ id: "e-1", data: '"one"' }, { event: "live", data: "{}" });
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
  next.send({ event: "live", data: "{}" });
  await Promise.all([leader, follower].map(({ states }) => states.untilLast("live")));
});

test("a tab that holds the lead without leading loses it", async () => {
  const { follower } = await openTwo();
  follower.clock.advance(120_000);
  const next = await server.nextStream();
  next.send({ event: "live", data: "{}" }, { id: "e-2", data: '"two"' });
  await follower.frames.until(has('"two"'));
});

test("a tab that led before it was signed out can lead again", async () => {
  const { leader, follower, stream } = await openTwo();
  stream.send({ event: "reauth", data: '{"reason":"session-expired"}' });
  await follower.states.untilLast("signed-out");
  leader.connection.pause(false);
  const second = await server.nextStream();
  second.send({ event: "live", data: "{}" });
  await leader.states.untilLast("live");
  leader.connection.join();
  follower.connection.stop();
  const third = await server.nextStream();
  third.send({ id: "e-2", data: '"two"' }, { event: "live", data: "{}" });
  await leader.frames.until(has('"two"'));
});

test("a page in the back/forward cache hears nothing, or the browser would throw it away", async () => {
  const { leader, follower } = await openTwo();
  leader.connection.pause(true);
  const next = await server.nextStream();
  const heard = leader.frames.all.length;
  next.send({ event: "live", data: "{}" }, { id: "e-2", data: '"two"' });
  await follower.frames.until(has('"two"'));
  const third = openTab();
  await third.frames.until(has('"two"'));
  expect(leader.frames.all).toHaveLength(heard);
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
  tab.clock.advance(10_000);
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

test("a page that starts without a network says so", async () => {
  const { states } = openTab({ locks: null, online: false });
  expect(states.last).toBe("offline");
});
