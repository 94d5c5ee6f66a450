import { EventSource } from "eventsource";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { NewShare } from "../../protocol/mealPlan.ts";
import { systemClock, type Clock } from "../../web/stream/clock.ts";
import { Connection } from "../../web/stream/Connection.ts";
import { HeldItems } from "../../web/stream/HeldItems.ts";
import { fetchProbe } from "../../web/stream/probe.ts";
import type { ReceivedEvent } from "../../web/stream/receivedEvent.ts";
import { openSse } from "../../web/stream/sseTransport.ts";
import type { State } from "../../web/stream/states.ts";
import type { OpenTransport } from "../../web/stream/transport.ts";
import { openWebSocket } from "../../web/stream/webSocketTransport.ts";
import { makeHome, type Home } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";
import { ManualClock } from "./support/ManualClock.ts";
import { Recorder } from "./support/Recorder.ts";

const TRANSPORTS = [
  ["server-sent events", openSse],
  ["WebSocket", openWebSocket],
] as const;

let stack: Stack;
let home: Home;

beforeAll(async () => {
  vi.stubGlobal("EventSource", EventSource);
  stack = await startStack({ vars: { HEARTBEAT_SECONDS: "1" } });
  home = await makeHome(stack.url);
});

afterAll(async () => {
  await stack.stop();
  vi.unstubAllGlobals();
});

/** Opens the plan's stream as a guest: neither transport of Node can carry a cookie. */
async function watch(open: OpenTransport, token: string, clock: Clock = systemClock) {
  const states = new Recorder<State>();
  const events = new Recorder<ReceivedEvent>();
  const path = `/api/mealplans/updates/${home.plan._id}?share=${token}`;
  const connection = new Connection({
    url: path,
    base: stack.url,
    open,
    probe: fetchProbe(`${stack.url}/api/mealplans/${home.plan._id}?share=${token}`),
    clock,
    random: Math.random,
    isOnline: () => true,
    held: new HeldItems(),
    heartbeatMs: 1_000,
    onState: states.add,
    onEvent: events.add,
  });
  connection.send("start");
  await states.until((all) => all.length > 1);
  return { connection, states, events };
}

async function share(): Promise<NewShare> {
  return home.owner.json("POST", `/api/mealplans/${home.plan._id}/shares`, {});
}

test.each(TRANSPORTS)("over %s a guest goes live, sees a change, and sees the link end", async (_, open) => {
  const { _id, token } = await share();
  const { connection, states, events } = await watch(open, token);
  expect(states.last).toBe("live");
  const title = `Soup of ${token.slice(0, 8)}`;
  const path = `/api/mealplans/${home.plan._id}`;
  await home.owner.json("POST", `${path}/entries`, { day: "friday", meal: "lunch", title });
  await events.until((all) => all.some(({ event, data }) => event === "message" && data.includes(title)));
  await home.owner.json("DELETE", `${path}/shares/${_id}`);
  await states.untilLast("revoked");
  connection.send("stop");
});

test.each(TRANSPORTS)("over %s heartbeats find nothing wrong and keep the stream", async (_, open) => {
  const { token } = await share();
  const { connection, states, events } = await watch(open, token);
  await events.until((all) => all.filter(({ data }) => data.includes("hash")).length > 1);
  expect(states.all).toEqual(["connecting", "live"]);
  connection.send("stop");
});

test.each(TRANSPORTS)(
  "over %s a stream that was stopped leaves nothing to be done later",
  async (_, open) => {
    const { token } = await share();
    const clock = new ManualClock();
    const { connection } = await watch(open, token, clock);
    expect(clock.waiting).toBeGreaterThan(0);
    connection.send("stop");
    expect(clock.waiting).toBe(0);
  },
);

test.each(TRANSPORTS)("over %s a wrong link is known from a lost connection", async (_, open) => {
  const { states } = await watch(open, "x".repeat(43));
  expect(states.last).toBe("gone");
});

test("both transports hand over the same documents", async () => {
  const { token } = await share();
  const [sse, socket] = await Promise.all(TRANSPORTS.map(([, open]) => watch(open, token)));
  const [first, second] = [sse, socket].map((one) =>
    one?.events.all.find(({ event }) => event === "message"),
  );
  expect(first?.id).toBeDefined();
  expect(second).toEqual(first);
  sse?.connection.send("stop");
  socket?.connection.send("stop");
});
