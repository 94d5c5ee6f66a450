import { afterEach, beforeEach, expect, test } from "vitest";
import { TabChannel } from "../../web/stream/TabChannel.ts";
import {
  LEADER_DEAD_MS,
  LIVE,
  ONE,
  OTHER,
  THREE,
  TWO,
  openTabs,
  ping,
  untilShown,
  wait,
  type Tabs,
} from "./support/openTabs.ts";

let bench: Tabs;
let server: Tabs["server"];
let name: Tabs["name"];
let openTab: Tabs["openTab"];
let openTwo: Tabs["openTwo"];
let listen: Tabs["listen"];

beforeEach(async () => {
  bench = await openTabs();
  ({ server, name, openTab, openTwo, listen } = bench);
});

afterEach(() => bench.close());

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

test("tabs that hold the same as the leader ask it nothing", async () => {
  const { leader, follower, stream } = await openTwo();
  const said = listen();
  ping(stream, "e-1", ONE);
  await said.untilLast("status");
  stream.send({ id: "e-2", data: TWO });
  await untilShown([leader, follower], TWO);
  stream.send({ id: "e-3", data: THREE });
  await said.until((all) => all.filter((kind) => kind === "event").length === 2);
  expect(said.all).toEqual(["status", "event", "event"]);
});

test("a leader whose lead is taken by somebody who says nothing closes its stream and waits in line", async () => {
  const { stream } = await openTwo();
  const released = Promise.withResolvers<void>();
  const theft = navigator.locks.request(name, { steal: true }, () => released.promise);
  await stream.closed;
  released.resolve();
  await theft;
  await server.nextStream();
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
