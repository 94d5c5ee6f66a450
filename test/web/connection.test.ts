import { EventSource } from "eventsource";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { contentHash } from "../../protocol/contentHash.ts";
import { Connection } from "../../web/stream/Connection.ts";
import { openEventSource } from "../../web/stream/eventSourceTransport.ts";
import { fetchProbe } from "../../web/stream/probe.ts";
import type { State } from "../../web/stream/states.ts";
import type { Frame } from "../../web/stream/transport.ts";
import { ManualClock } from "./support/ManualClock.ts";
import { Recorder } from "./support/Recorder.ts";
import { StreamServer } from "./support/StreamServer.ts";

const HEARTBEAT_MS = 20_000;
const LONGEST_FIRST_WAIT_MS = 3_000;

let server: StreamServer;
let clock: ManualClock;
let states: Recorder<State>;
let frames: Recorder<Frame>;
let opened: URL[];
let connection: Connection;

beforeEach(async () => {
  vi.stubGlobal("EventSource", EventSource);
  server = await StreamServer.start();
  clock = new ManualClock();
  states = new Recorder();
  frames = new Recorder();
  opened = [];
  connection = new Connection({
    url: "/stream?share=abc",
    base: server.url,
    open: (url, listener) => {
      opened.push(url);
      return openEventSource(url, listener);
    },
    probe: fetchProbe(`${server.url}/document`),
    clock,
    random: () => 0.999,
    heartbeatMs: HEARTBEAT_MS,
    onState: states.add,
    onFrame: frames.add,
  });
});

afterEach(async () => {
  connection.send("stop");
  await server.stop();
  vi.unstubAllGlobals();
});

/** Opens a stream that holds one item and is live. */
async function goLive(data = '{"n":1}', id = "e-1") {
  connection.send("start");
  const stream = await server.nextStream();
  stream.send({ id, data }, { event: "live", data: "{}" });
  await states.untilLast("live");
  return stream;
}

test("a page sees the snapshot, then that it is live", async () => {
  await goLive();
  expect(states.all).toEqual(["connecting", "live"]);
  expect(frames.all).toEqual([
    { event: "message", id: "e-1", data: '{"n":1}' },
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
  for (let beat = 1; beat <= 5; beat++) {
    clock.advance(2 * HEARTBEAT_MS);
    stream.send({ event: "ping", data: JSON.stringify({ at: new Date(clock.now()).toISOString() }) });
    await frames.until((all) => all.filter(({ event }) => event === "ping").length === beat);
  }
  expect(connection.state).toBe("live");
});

test("changes keep a connection as heartbeats do", async () => {
  const stream = await goLive();
  for (let change = 2; change <= 5; change++) {
    clock.advance(2 * HEARTBEAT_MS);
    stream.send({ id: `e-${change}`, data: "{}" });
    await frames.until((all) => all.at(-1)?.id === `e-${change}`);
  }
  expect(connection.state).toBe("live");
});

test("a page that holds what the server says it should stays", async () => {
  const stream = await goLive();
  stream.send({ event: "ping", data: JSON.stringify({ at: "", id: "e-1", hash: contentHash('{"n":1}') }) });
  await frames.until((all) => all.at(-1)?.event === "ping");
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
  await frames.until((all) => all.at(-1)?.event === "ping");
  expect(connection.state).toBe("live");
});

test("after a reset the old cursor is forgotten, what is shown is not", async () => {
  const stream = await goLive();
  stream.send({ event: "reset", data: '{"reason":"new-epoch"}' });
  await frames.until((all) => all.at(-1)?.event === "reset");
  expect(connection.state).toBe("live");
  stream.cut();
  await states.untilLast("reconnecting");
  clock.advance(LONGEST_FIRST_WAIT_MS);
  const { url } = await server.nextStream();
  expect(url.searchParams.has("lastEventId")).toBe(false);
});

test("a replay from the start that holds nothing means that the document was deleted", async () => {
  const stream = await goLive();
  stream.send({ event: "reset", data: '{"reason":"unknown-epoch"}' }, { event: "live", data: "{}" });
  await states.untilLast("deleted");
});

test("a deleted document that comes back is live again", async () => {
  const stream = await goLive();
  stream.send({ event: "removed", id: "e-2", data: '{"_id":"1"}' });
  await states.untilLast("deleted");
  stream.send({ id: "e-3", data: '{"n":2}' });
  await states.untilLast("live");
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
  expect(opened).toHaveLength(2);
});

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
  clock.advance(10_000);
  steady.send({ event: "bye", data: "{}" });
  await states.untilLast("reconnecting");
  clock.advance(LONGEST_FIRST_WAIT_MS);
  expect(opened).toHaveLength(5);
});

test("what was asked about an old connection says nothing about a new one", async () => {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  server.refuseStreams = 404;
  server.answer = async () => {
    asked.resolve();
    await answer.promise;
    return { status: 404 };
  };
  connection.send("start");
  await asked.promise;
  connection.send("went-offline");
  server.refuseStreams = null;
  connection.send("went-online");
  const stream = await server.nextStream();
  answer.resolve();
  stream.send({ id: "e-1", data: "{}" }, { event: "live", data: "{}" });
  await states.untilLast("live");
  stream.send({ event: "ping", data: "{}" });
  await frames.until((all) => all.at(-1)?.event === "ping");
  expect(connection.state).toBe("live");
});

test("a device without a network waits for one, and returns at once", async () => {
  const stream = await goLive();
  connection.send("went-offline");
  await stream.closed;
  expect(connection.state).toBe("offline");
  expect(clock.waiting).toBe(0);
  connection.send("went-online");
  const { url } = await server.nextStream();
  expect(url.searchParams.get("lastEventId")).toBe("e-1");
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
