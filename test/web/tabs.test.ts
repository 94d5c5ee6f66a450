import { afterEach, beforeEach, expect, test } from "vitest";
import { LIVE, ONE, OTHER, TWO, openTabs, untilShown, type Tabs } from "./support/openTabs.ts";

let bench: Tabs;
let server: Tabs["server"];
let openTab: Tabs["openTab"];
let openTwo: Tabs["openTwo"];
let listen: Tabs["listen"];

beforeEach(async () => {
  bench = await openTabs();
  ({ server, openTab, openTwo, listen } = bench);
});

afterEach(() => bench.close());

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

test("a page that starts without a network says so when nobody answers", async () => {
  server.refuseStreams = 503;
  server.answer = () => null;
  const { states } = openTab({ locks: null, online: false });
  await states.untilLast("offline");
});
