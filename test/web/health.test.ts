import { afterEach, expect, test } from "vitest";
import { openConnection, HEARTBEAT_MS, LONGEST_FIRST_WAIT_MS } from "./support/openConnection.ts";
import { ONE, TWO, openTabs, ping, untilShown } from "./support/openTabs.ts";

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function openOne() {
  const one = await openConnection();
  closing.push(one.close);
  return one;
}

test("a connection remembers when it heard something last: a change, or a heartbeat", async () => {
  const { connection, goLive, clock, events } = await openOne();
  const stream = await goLive();
  expect(connection.health).toEqual({ heardAt: clock.now(), closing: null });
  clock.advance(HEARTBEAT_MS);
  stream.send({ event: "ping", data: "{}" });
  await events.until((all) => all.at(-1)?.event === "ping");
  expect(connection.health.heardAt).toBe(clock.now());
});

test("a connection remembers why it ended: it broke off", async () => {
  const { connection, goLive, states } = await openOne();
  (await goLive()).cut();
  await states.untilLast("reconnecting");
  expect(connection.health.closing).toBe("cut");
});

test("a connection remembers why it ended: nothing came", async () => {
  const { connection, goLive, clock } = await openOne();
  await goLive();
  clock.advance(2.5 * HEARTBEAT_MS);
  expect(connection.health.closing).toBe("silent");
});

test.each([
  [{ event: "bye", data: '{"reason":"retired"}' }, "retired"],
  [{ event: "bye", data: '{"reason":"silent"}' }, "stalled"],
  [{ event: "bye", data: '{"reason":"too-large"}' }, "too-large"],
  [{ event: "bye", data: '{"reason":"of a later release"}' }, "retired"],
  [{ event: "revoked", data: "{}" }, "access-ended"],
  [{ event: "reauth", data: "{}" }, "session-ended"],
  [{ event: "ping", data: '{"id":"e-1","hash":"00000000000000"}' }, "mismatch"],
])("a connection remembers why it ended: %o", async (last, expected) => {
  const { connection, goLive, states } = await openOne();
  (await goLive()).send(last);
  await states.until((all) => all.at(-1) !== "live");
  expect(connection.health.closing).toBe(expected);
});

test.each([
  [503, "busy"],
  [404, "not-found"],
])("a connection remembers that it was refused: %i", async (status, expected) => {
  const { connection, goLive, states, server, clock } = await openOne();
  const stream = await goLive();
  server.refuseStreams = status;
  server.answer = () => ({ status });
  stream.cut();
  await states.untilLast("reconnecting");
  clock.advance(LONGEST_FIRST_WAIT_MS);
  await expect.poll(() => connection.health.closing).toBe(expected);
});

test("what one tab hears, all tabs have heard, heartbeats as well", async () => {
  const tabs = await openTabs();
  closing.push(tabs.close);
  const { leader, follower, stream } = await tabs.openTwo();
  stream.send({ id: "e-2", data: TWO });
  await untilShown([leader, follower], TWO);
  expect(follower.health.last?.heardAt).toBe(follower.clock.now());
  leader.clock.advance(20_000);
  ping(stream, "e-2", TWO);
  await follower.health.until((all) => all.at(-1)?.heardAt === leader.clock.now());
});

test("a tab that takes over goes on from when the other one heard something last", async () => {
  const tabs = await openTabs();
  closing.push(tabs.close);
  const { leader, follower } = await tabs.openTwo();
  const { heardAt } = leader.health.last ?? {};
  leader.connection.stop();
  const next = await tabs.server.nextStream();
  expect(follower.health.all.map((one) => one.heardAt)).not.toContain(null);
  expect(follower.health.last?.heardAt).toBe(heardAt);
  next.send({ id: "e-1", data: ONE });
});
