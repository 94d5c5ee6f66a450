import { EventSource } from "eventsource";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { contentHash } from "../../protocol/contentHash.ts";
import { xorHash } from "../../protocol/setHash.ts";
import { Connection } from "../../web/stream/Connection.ts";
import { HeldItems } from "../../web/stream/HeldItems.ts";
import { fetchProbe } from "../../web/stream/probe.ts";
import type { ReceivedEvent } from "../../web/stream/receivedEvent.ts";
import { openSse } from "../../web/stream/sseTransport.ts";
import type { State } from "../../web/stream/states.ts";
import { ManualClock } from "./support/ManualClock.ts";
import { Recorder } from "./support/Recorder.ts";
import { StreamServer } from "./support/StreamServer.ts";

const HEARTBEAT_MS = 20_000;
const LONGEST_FIRST_WAIT_MS = 3_000;

const SOUP = '{"_id":1,"title":"Soup"}';
const STEW = '{"_id":2,"title":"Stew"}';

let server: StreamServer;
let clock: ManualClock;
let states: Recorder<State>;
let events: Recorder<ReceivedEvent>;
let held: HeldItems;
let online: boolean;
let opened: URL[];
let connection: Connection;

beforeEach(async () => {
  vi.stubGlobal("EventSource", EventSource);
  server = await StreamServer.start();
  clock = new ManualClock();
  states = new Recorder();
  events = new Recorder();
  held = new HeldItems();
  online = true;
  opened = [];
  connection = new Connection({
    url: "/stream?share=abc",
    base: server.url,
    open: (url, listener) => {
      opened.push(url);
      return openSse(url, listener);
    },
    probe: fetchProbe(`${server.url}/document`),
    clock,
    random: () => 0.999,
    isOnline: () => online,
    held,
    heartbeatMs: HEARTBEAT_MS,
    onState: states.add,
    onEvent: events.add,
  });
});

afterEach(async () => {
  connection.send("stop");
  await server.stop();
  vi.unstubAllGlobals();
});

/** Opens a stream that holds one item and is live. */
async function goLive(data = SOUP, id = "e-1") {
  connection.send("start");
  const stream = await server.nextStream();
  stream.send({ id, data }, { event: "live", data: "{}" });
  await states.untilLast("live");
  return stream;
}

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

test("a page that holds what the server says it should stays", async () => {
  const stream = await goLive();
  stream.send({ event: "ping", data: JSON.stringify({ at: "", id: "e-1", hash: contentHash(SOUP) }) });
  await events.until((all) => all.at(-1)?.event === "ping");
  expect(connection.state).toBe("live");
});

test("a page that drifted apart starts from scratch and reports it once", async () => {
  const stream = await goLive();
  stream.send({ event: "ping", data: JSON.stringify({ at: "", id: "e-1", hash: contentHash("else") }) });
  await states.untilLast("reconnecting");
  clock.advance(LONGEST_FIRST_WAIT_MS);
  const again = await server.nextStream();
  expect(Object.fromEntries(again.url.searchParams)).toEqual({ share: "abc", mismatch: "1" });
  again.send({ id: "e-2", data: "{}" }, { event: "live", data: "{}" });
  await states.untilLast("live");
  again.cut();
  await states.untilLast("reconnecting");
  clock.advance(LONGEST_FIRST_WAIT_MS * 2);
  const { url } = await server.nextStream();
  expect(Object.fromEntries(url.searchParams)).toEqual({ share: "abc", lastEventId: "e-2" });
});

test("a heartbeat about an event that has not arrived yet proves nothing", async () => {
  const stream = await goLive();
  stream.send({ event: "ping", data: JSON.stringify({ at: "", id: "e-9", hash: "another" }) });
  await events.until((all) => all.at(-1)?.event === "ping");
  expect(connection.state).toBe("live");
});

test("a heartbeat before the page has caught up proves nothing either", async () => {
  const stream = await goLive();
  stream.cut();
  await states.untilLast("reconnecting");
  clock.advance(LONGEST_FIRST_WAIT_MS);
  const again = await server.nextStream();
  again.send({ event: "ping", data: JSON.stringify({ at: "", id: "e-1", hash: contentHash(STEW) }) });
  again.send({ id: "e-2", event: "removed", data: '{"_id":1}' }, { id: "e-3", data: STEW });
  again.send({ event: "live", data: "{}" });
  await states.untilLast("live");
  expect(opened).toHaveLength(2);
});

test("after a reset the old cursor is forgotten, what is held is not", async () => {
  const stream = await goLive();
  stream.send({ event: "reset", data: '{"reason":"new-epoch"}' });
  await events.until((all) => all.at(-1)?.event === "reset");
  expect(connection.state).toBe("live");
  expect([...held.texts.values()]).toEqual([SOUP]);
  stream.cut();
  await states.untilLast("reconnecting");
  clock.advance(LONGEST_FIRST_WAIT_MS);
  const { url } = await server.nextStream();
  expect(url.searchParams.has("lastEventId")).toBe(false);
});

test("what a replay from the start does not hold is dropped when it is over, and not before", async () => {
  const stream = await goLive();
  stream.send({ id: "e-2", data: STEW }, { event: "reset", data: '{"reason":"unknown-epoch"}' });
  stream.send({ id: "f-1", data: STEW });
  stream.send({ event: "ping", data: JSON.stringify({ at: "", id: "f-1", hash: contentHash(STEW) }) });
  await events.until((all) => all.at(-1)?.event === "ping");
  expect(connection.state).toBe("live");
  expect([...held.texts.values()]).toEqual([SOUP, STEW]);
  stream.send({ event: "live", data: "{}" });
  await events.until((all) => all.at(-1)?.event === "live");
  expect([...held.texts.values()]).toEqual([STEW]);
});

test("a replay that is cut in the middle continues, and ends with what the server has", async () => {
  const stream = await goLive();
  stream.send({ event: "reset", data: '{"reason":"unknown-epoch"}' }, { id: "f-1", data: STEW });
  await events.until((all) => all.at(-1)?.id === "f-1");
  stream.cut();
  await states.untilLast("reconnecting");
  clock.advance(LONGEST_FIRST_WAIT_MS);
  const again = await server.nextStream();
  expect(again.url.searchParams.get("lastEventId")).toBe("f-1");
  again.send({ event: "live", data: "{}" });
  await states.untilLast("live");
  expect([...held.texts.values()]).toEqual([STEW]);
});

test("an item that is removed goes, and one that was never held does no harm", async () => {
  const stream = await goLive();
  stream.send({ id: "e-2", data: STEW }, { id: "e-3", event: "removed", data: '{"_id":9}' });
  stream.send({ id: "e-4", event: "removed", data: '{"_id":1}' });
  await events.until((all) => all.at(-1)?.id === "e-4");
  expect([...held.texts.values()]).toEqual([STEW]);
  stream.send({ event: "ping", data: JSON.stringify({ at: "", id: "e-4", hash: contentHash(STEW) }) });
  await events.until((all) => all.at(-1)?.event === "ping");
  expect(connection.state).toBe("live");
});

test("a page of many items holds what the server says, whatever came in whatever order", async () => {
  const stream = await goLive();
  stream.send({ id: "e-2", data: STEW }, { id: "e-3", data: '{"_id":1,"title":"Broth"}' });
  const hash = xorHash(contentHash(STEW), contentHash('{"_id":1,"title":"Broth"}'));
  stream.send({ event: "ping", data: JSON.stringify({ at: "", id: "e-3", hash }) });
  await events.until((all) => all.at(-1)?.event === "ping");
  expect(connection.state).toBe("live");
  stream.send({ id: "e-4", event: "removed", data: '{"_id":1}' });
  stream.send({ event: "ping", data: JSON.stringify({ at: "", id: "e-4", hash }) });
  await states.untilLast("reconnecting");
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

test.each([
  [400, "gone"],
  [401, "signed-out"],
  [403, "revoked"],
  [404, "gone"],
  [410, "gone"],
] as const)("a stream refused with %i ends as %s", async (status, state) => {
  server.refuseStreams = status;
  server.answer = () => ({ status });
  connection.send("start");
  await states.untilLast(state);
});

test.each([429, 503])("a stream refused with %i is tried again, never before Retry-After", async (status) => {
  server.refuseStreams = status;
  server.answer = () => ({ status, retryAfter: 60 });
  connection.send("start");
  await states.untilLast("reconnecting");
  server.refuseStreams = null;
  clock.advance(60_000);
  expect(opened).toHaveLength(1);
  clock.advance(LONGEST_FIRST_WAIT_MS);
  const stream = await server.nextStream();
  stream.send({ event: "live", data: "{}" });
  await states.untilLast("live");
  stream.cut();
  await states.untilLast("reconnecting");
  clock.advance(2 * LONGEST_FIRST_WAIT_MS);
  expect(opened).toHaveLength(3);
});

test("nobody is kept away for more than five minutes by a server that says so", async () => {
  server.refuseStreams = 503;
  server.answer = () => ({ status: 503, retryAfter: 86_400 });
  connection.send("start");
  await states.untilLast("reconnecting");
  clock.advance(300_000 + LONGEST_FIRST_WAIT_MS);
  expect(opened).toHaveLength(2);
});

test("a topic that became too large is tried again slowly", async () => {
  const stream = await goLive();
  stream.send({ event: "bye", data: '{"reason":"too-large"}' });
  await states.untilLast("reconnecting");
  clock.advance(60_000);
  expect(opened).toHaveLength(1);
  clock.advance(LONGEST_FIRST_WAIT_MS);
  expect(opened).toHaveLength(2);
});

test("a server that sends the page away for a reason that it does not know is tried again soon", async () => {
  const stream = await goLive();
  stream.send({ event: "bye", data: '{"reason":"toString"}' });
  await states.untilLast("reconnecting");
  clock.advance(LONGEST_FIRST_WAIT_MS);
  expect(opened).toHaveLength(2);
});

test.each([
  [200, 5_000],
  [408, 0],
  [425, 0],
  [429, 5_000],
  [500, 0],
  [503, 5_000],
  [507, 60_000],
])(
  "a refusal of %i without Retry-After is tried again, after %i milliseconds at least",
  async (status, wait) => {
    server.answer = () => ({ status });
    expect(await fetchProbe(server.url)()).toEqual({ why: "try-later", retryAfter: wait });
  },
);

test("a server that is away is tried with growing pauses", async () => {
  const stream = await goLive();
  stream.send({ event: "bye", data: '{"reason":"retired"}' });
  await states.untilLast("reconnecting");
  for (const [index, pause] of [3_000, 6_000, 12_000, 24_000, 30_000, 30_000].entries()) {
    clock.advance(pause * 0.9);
    expect(opened).toHaveLength(index + 1);
    clock.advance(pause * 0.1);
    const again = await server.nextStream();
    again.send({ event: "bye", data: '{"reason":"retired"}' });
    await again.closed;
  }
});

test("after a connection that worked for a while the pauses are short again", async () => {
  connection.send("start");
  for (const pause of [3_000, 6_000, 12_000]) {
    const stream = await server.nextStream();
    stream.send({ event: "bye", data: "{}" });
    await stream.closed;
    clock.advance(pause);
  }
  const steady = await server.nextStream();
  steady.send({ event: "live", data: "{}" });
  await states.untilLast("live");
  clock.advance(9_000);
  steady.send({ event: "live", data: "{}" });
  await events.until((all) => all.filter(({ event }) => event === "live").length === 2);
  clock.advance(1_000);
  steady.send({ event: "bye", data: "{}" });
  await states.untilLast("reconnecting");
  clock.advance(LONGEST_FIRST_WAIT_MS);
  expect(opened).toHaveLength(5);
});

test("a connection that was live for a moment only does not make the pauses short", async () => {
  connection.send("start");
  for (const pause of [3_000, 6_000]) {
    const stream = await server.nextStream();
    stream.send({ event: "bye", data: "{}" });
    await stream.closed;
    clock.advance(pause);
  }
  const brief = await server.nextStream();
  brief.send({ event: "live", data: "{}" });
  await states.untilLast("live");
  clock.advance(9_999);
  brief.send({ event: "bye", data: "{}" });
  await states.untilLast("reconnecting");
  clock.advance(11_000);
  expect(opened).toHaveLength(3);
  clock.advance(1_000);
  expect(opened).toHaveLength(4);
});

test("why an old connection was refused says nothing about a new one", async () => {
  const probed = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  server.refuseStreams = 404;
  server.answer = async () => {
    probed.resolve();
    await answer.promise;
    return { status: 404 };
  };
  connection.send("start");
  await probed.promise;
  connection.send("pause");
  server.refuseStreams = null;
  connection.send("unpause");
  const stream = await server.nextStream();
  answer.resolve();
  stream.send({ id: "e-1", data: "{}" }, { event: "live", data: "{}" });
  await states.untilLast("live");
  stream.send({ event: "ping", data: "{}" });
  await events.until((all) => all.at(-1)?.event === "ping");
  expect(connection.state).toBe("live");
});

test("where the browser sees no network a server that answers is live all the same", async () => {
  online = false;
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
  online = false;
  connection.send("went-offline");
  await probed.promise;
  stream.send({ id: "e-2", data: STEW });
  await events.until((all) => all.at(-1)?.id === "e-2");
  expect(states.all).toEqual(["connecting", "live"]);
});

test("a device without a network says so when the server does not answer, and tries on", async () => {
  const stream = await goLive();
  server.answer = () => null;
  online = false;
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
  online = false;
  stream.cut();
  await states.untilLast("offline");
  online = true;
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
