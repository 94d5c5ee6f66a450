import { ObjectId } from "bson";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";

import { planEvent, publish } from "../support/hook.ts";
import { makeHome, type Home } from "../support/people.ts";
import { SocketStream } from "../support/SocketStream.ts";
import { startStack, TEST_SECRETS, type Stack } from "../support/stack.ts";
import { statusOf } from "../support/status.ts";
import { StreamReader } from "../support/streamReader.ts";

let stack: Stack;
let home: Home;

beforeAll(async () => {
  stack = await startStack({ vars: { HEARTBEAT_SECONDS: "0.5" } });
  home = await makeHome(stack.url);
});
afterAll(() => stack.stop());

function ask(path: string, token?: string): Promise<Response> {
  return fetch(
    stack.url + path,
    token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
  );
}

function open(query = ""): Promise<StreamReader> {
  const url = `${stack.url}/api/mealplans/updates/${home.plan._id}${query}`;
  return StreamReader.open(url, { headers: { cookie: home.owner.cookie } });
}

/** The samples of a page in the Prometheus text format, by name and labels. */
async function samples(): Promise<Map<string, number>> {
  const text = await (await ask("/metrics", TEST_SECRETS.METRICS_TOKEN)).text();
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const [, name = "", value] = /^([a-z_]+(?:\{[a-z]+="[^"]+"\})?) ([0-9.e+-]+)$/.exec(line) ?? [];
      return [name, Number(value)];
    }),
  );
}

async function deliveredByAll(): Promise<number> {
  return (await samples()).get("mealcast_delivered_total") ?? 0;
}

test("only the operator's token opens the metrics; a wrong one is refused with 401", async () => {
  for (const token of [undefined, "", "guess", `${TEST_SECRETS.METRICS_TOKEN}x`]) {
    expect((await ask("/metrics", token)).status).toBe(401);
  }
  const good = await ask("/metrics", TEST_SECRETS.METRICS_TOKEN);
  expect(good.status).toBe(200);
  expect(good.headers.get("content-type")).toContain("version=0.0.4");
});

test("every line is a sample that Prometheus can read, and open streams, hand-overs and delays are among them", async () => {
  const reader = await open();
  await reader.untilEvent("live");
  await home.owner.json("POST", `/api/mealplans/${home.plan._id}/entries`, {
    day: "monday",
    meal: "dinner",
    title: "Soup",
  });
  await reader.untilEvent("message", 1);
  await expect.poll(async () => (await samples()).get("mealcast_delay_seconds_count")).toBe(1);
  const page = await samples();
  expect(page.has("")).toBe(false);
  expect(page.get('mealcast_streams{transport="sse"}')).toBe(1);
  expect(page.get('mealcast_streams{transport="websocket"}')).toBe(0);
  expect(page.get("mealcast_hubs")).toBe(1);
  expect(page.get("mealcast_delivered_total")).toBe(2);
  for (const bound of ["300", "+Inf"])
    expect(page.get(`mealcast_delay_seconds_bucket{le="${bound}"}`)).toBe(1);
  reader.close();
  await expect.poll(async () => (await samples()).get('mealcast_closed_total{reason="left"}')).toBe(1);
});

test("the status shows hub by hub to the operator, and names no plan to others", async () => {
  const reader = await open();
  await reader.untilEvent("live");
  await expect
    .poll(async () => (await ask("/api/status", TEST_SECRETS.METRICS_TOKEN)).text())
    .toContain(home.plan._id);
  expect(await (await ask("/api/status")).text()).not.toContain(home.plan._id);
  expect(await (await ask("/api/status", "guess")).text()).not.toContain(home.plan._id);
  reader.close();
});

test("a page that found itself different from the hub is counted when it comes back", async () => {
  const reader = await open("?mismatch=1");
  await reader.untilEvent("live");
  await expect.poll(async () => (await samples()).get("mealcast_mismatched_total")).toBe(1);
  reader.close();
});

test("a change that is handed over to three streams counts three times", async () => {
  const { owner, plan } = await makeHome(stack.url, "Flo");
  const before = await deliveredByAll();
  const url = `${stack.url}/api/mealplans/updates/${plan._id}`;
  const headers = { cookie: owner.cookie };
  const readers = await Promise.all([1, 2, 3].map(() => StreamReader.open(url, { headers })));
  onTestFinished(() => readers.forEach((reader) => reader.close()));
  await Promise.all(readers.map((reader) => reader.untilEvent("live")));
  await expect.poll(deliveredByAll).toBe(before + 3);
  await owner.json("POST", `/api/mealplans/${plan._id}/entries`, {
    day: "monday",
    meal: "dinner",
    title: "Soup",
  });
  await expect.poll(deliveredByAll).toBe(before + 6);
});

test("a change by a clock that is ahead of ours took no time: a sum of delays never falls", async () => {
  const { owner, plan } = await makeHome(stack.url, "Eve");
  const url = `${stack.url}/api/mealplans/updates/${plan._id}`;
  const reader = await StreamReader.open(url, { headers: { cookie: owner.cookie } });
  onTestFinished(() => reader.close());
  await reader.untilEvent("live");
  const before = await samples();
  const fullDocument = { _id: new ObjectId(plan._id), memberIds: [new ObjectId(owner.user._id)] };
  const seconds = Math.floor(Date.now() / 1000) + 3600;
  await publish(stack.url, [planEvent({ planId: new ObjectId(plan._id), seconds, fullDocument })]);
  await reader.untilEvent("message", 1);
  const count = before.get("mealcast_delay_seconds_count") ?? 0;
  await expect.poll(async () => (await samples()).get("mealcast_delay_seconds_count")).toBeGreaterThan(count);
  const sum = (await samples()).get("mealcast_delay_seconds_sum") ?? 0;
  expect(sum).toBeGreaterThanOrEqual(before.get("mealcast_delay_seconds_sum") ?? 0);
});

test("what happens on a hub that only sockets watch is counted as well", async () => {
  const other = await makeHome(stack.url, "Dora");
  const url = `${stack.url}/api/mealplans/updates/${other.plan._id}`;
  const socket = await SocketStream.open(url, other.owner.cookie);
  onTestFinished(() => socket.close());
  const before = await deliveredByAll();
  for (const title of ["Soup", "Stew"]) {
    await other.owner.json("POST", `/api/mealplans/${other.plan._id}/entries`, {
      day: "monday",
      meal: "dinner",
      title,
    });
    await socket.until(() => socket.events.some(({ data }) => data.includes(title)), title);
  }
  await expect.poll(deliveredByAll).toBeGreaterThanOrEqual(before + 2);
  await expect.poll(async () => (await samples()).get('mealcast_streams{transport="websocket"}')).toBe(1);
});

test("what happens on a hub that may fall asleep at any moment is counted at once", async () => {
  const quiet = await startStack({ mongoUri: stack.mongoUri, vars: { HEARTBEAT_SECONDS: "600" } });
  onTestFinished(() => quiet.stop());
  const { owner, plan } = await makeHome(quiet.url, "Emil");
  const socket = await SocketStream.open(`${quiet.url}/api/mealplans/updates/${plan._id}`, owner.cookie);
  onTestFinished(() => socket.close());
  const delivered = async () => (await statusOf(quiet.url)).counters["delivered"];
  await expect.poll(delivered).toBe(1);
  const entry = { day: "monday", meal: "dinner", title: "Soup" };
  await owner.json("POST", `/api/mealplans/${plan._id}/entries`, entry);
  await expect.poll(delivered).toBe(2);
});
