import { afterEach, beforeEach, expect, test } from "vitest";
import { fetchProbe } from "../../web/stream/probe.ts";
import { LONGEST_FIRST_WAIT_MS, openConnection, type OpenedConnection } from "./support/openConnection.ts";

let opening: OpenedConnection;
let server: OpenedConnection["server"];
let clock: OpenedConnection["clock"];
let states: OpenedConnection["states"];
let events: OpenedConnection["events"];
let opened: OpenedConnection["opened"];
let connection: OpenedConnection["connection"];
let goLive: OpenedConnection["goLive"];

beforeEach(async () => {
  opening = await openConnection();
  ({ server, clock, states, events, opened, connection, goLive } = opening);
});

afterEach(() => opening.close());

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
