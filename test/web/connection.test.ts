import { afterEach, beforeEach, expect, test } from "vitest";
import {
  LONGEST_FIRST_WAIT_MS,
  HEARTBEAT_MS,
  SOUP,
  STEW,
  openConnection,
  type OpenedConnection,
} from "./support/openConnection.ts";

let opening: OpenedConnection;
let server: OpenedConnection["server"];
let clock: OpenedConnection["clock"];
let states: OpenedConnection["states"];
let events: OpenedConnection["events"];
let opened: OpenedConnection["opened"];
let network: OpenedConnection["network"];
let connection: OpenedConnection["connection"];
let goLive: OpenedConnection["goLive"];

beforeEach(async () => {
  opening = await openConnection();
  ({ server, clock, states, events, opened, network, connection, goLive } = opening);
});

afterEach(() => opening.close());

test("a page sees the snapshot, then that it is live", async () => {
  await goLive();
  expect(states.all).toEqual(["connecting", "live"]);
  expect(events.all).toEqual([
    { event: "message", id: "e-1", data: SOUP },
    { event: "live", data: "{}" },
  ]);
});

test("a lost connection comes back with its cursor and keeps its other parameters", async () => {
  const stream = await goLive();
  stream.cut();
  await states.untilLast("reconnecting");
  clock.advance(LONGEST_FIRST_WAIT_MS);
  const again = await server.nextStream();
  expect(Object.fromEntries(again.url.searchParams)).toEqual({ share: "abc", lastEventId: "e-1" });
  again.send({ event: "live", data: "{}" });
  await states.untilLast("live");
});

test("a connection that falls silent is replaced after two and a half heartbeats", async () => {
  const stream = await goLive();
  clock.advance(2.5 * HEARTBEAT_MS - 1);
  expect(connection.state).toBe("live");
  clock.advance(1);
  expect(connection.state).toBe("reconnecting");
  await stream.closed;
  clock.advance(LONGEST_FIRST_WAIT_MS);
  await server.nextStream();
});

test("heartbeats keep a connection", async () => {
  const stream = await goLive();
  for (let count = 1; count <= 5; count++) {
    clock.advance(2 * HEARTBEAT_MS);
    stream.send({ event: "ping", data: JSON.stringify({ at: new Date(clock.now()).toISOString() }) });
    await events.until((all) => all.filter(({ event }) => event === "ping").length === count);
  }
  expect(connection.state).toBe("live");
});

test("changes keep a connection as heartbeats do", async () => {
  const stream = await goLive();
  for (let change = 2; change <= 5; change++) {
    clock.advance(2 * HEARTBEAT_MS);
    stream.send({ id: `e-${change}`, data: "{}" });
    await events.until((all) => all.at(-1)?.id === `e-${change}`);
  }
  expect(connection.state).toBe("live");
});

test.each([
  ["revoked", "revoked"],
  ["reauth", "signed-out"],
] as const)("%s closes the stream and does not come back by itself", async (event, state) => {
  const stream = await goLive();
  stream.send({ event, data: '{"reason":"x"}' });
  await states.untilLast(state);
  await stream.closed;
  clock.advance(3_600_000);
  expect(opened).toHaveLength(1);
});

test("a sign-in goes on where the session ended", async () => {
  const stream = await goLive();
  stream.send({ event: "reauth", data: '{"reason":"session-expired"}' });
  await states.untilLast("signed-out");
  connection.send("resume");
  const { url } = await server.nextStream();
  expect(url.searchParams.get("lastEventId")).toBe("e-1");
});

test("where the browser sees no network a server that answers is live all the same", async () => {
  network.isOnline = false;
  await goLive();
  expect(states.all).toEqual(["connecting", "live"]);
});

test("a live stream stays when the browser says that the network went but the server answers", async () => {
  const stream = await goLive();
  const probed = Promise.withResolvers<void>();
  server.answer = () => {
    probed.resolve();
    return { status: 200 };
  };
  network.isOnline = false;
  connection.send("went-offline");
  await probed.promise;
  stream.send({ id: "e-2", data: STEW });
  await events.until((all) => all.at(-1)?.id === "e-2");
  expect(states.all).toEqual(["connecting", "live"]);
});

test("a device without a network says so when the server does not answer, and tries on", async () => {
  const stream = await goLive();
  server.answer = () => null;
  network.isOnline = false;
  connection.send("went-offline");
  await states.untilLast("offline");
  await stream.closed;
  server.refuseStreams = 503;
  await expect
    .poll(() => {
      clock.advance(1_000);
      return opened.length;
    })
    .toBeGreaterThan(3);
  expect(states.last).toBe("offline");
});

test("a device that has a network again returns at once", async () => {
  const stream = await goLive();
  network.isOnline = false;
  stream.cut();
  await states.untilLast("offline");
  network.isOnline = true;
  connection.send("went-online");
  const { url } = await server.nextStream();
  expect(url.searchParams.get("lastEventId")).toBe("e-1");
  expect(states.last).toBe("reconnecting");
});

test("a page that is hidden while it waits to reconnect stops waiting", async () => {
  const stream = await goLive();
  stream.cut();
  await states.untilLast("reconnecting");
  connection.send("pause");
  expect(clock.waiting).toBe(0);
});

test("a page that nobody looks at holds no connection and no timer", async () => {
  const stream = await goLive();
  connection.send("pause");
  await stream.closed;
  expect(clock.waiting).toBe(0);
  connection.send("unpause");
  const { url } = await server.nextStream();
  expect(url.searchParams.get("lastEventId")).toBe("e-1");
});
