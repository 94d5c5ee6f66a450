import { afterAll, beforeAll, expect, test } from "vitest";

import { join, makeHome, register, type Home } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";
import { StreamReader } from "../support/streamReader.ts";

let stack: Stack;
let home: Home;

beforeAll(async () => {
  stack = await startStack({ vars: { HEARTBEAT_SECONDS: "0.5" } });
  home = await makeHome(stack.url);
});
afterAll(() => stack.stop());

function open(person = home.owner, headers: Record<string, string> = {}, query = "") {
  const url = `${stack.url}/api/mealplans/updates/${home.plan._id}${query}`;
  return StreamReader.open(url, { headers: { cookie: person.cookie, ...headers } });
}

test("a first visit gets a retry, the whole plan with an id, then live", async () => {
  const reader = await open();
  await reader.untilEvent("live");
  expect(reader.response.status).toBe(200);
  expect(reader.retry).toBeGreaterThan(0);
  expect(reader.events[0]).toMatchObject({ event: "message", id: expect.stringMatching(/^[0-9a-z]+-\d+$/) });
  expect(reader.events[1]?.event).toBe("live");
  reader.close();
});

test("the stream's first document is byte for byte what GET answers", async () => {
  const reader = await open();
  const message = await reader.untilEvent("message");
  const plan = await home.owner.request("GET", `/api/mealplans/${home.plan._id}`);
  expect(message.data).toBe(await plan.text());
  reader.close();
});

test("no proxy is told that it may keep, change or hold back the stream", async () => {
  const reader = await open();
  const { headers } = reader.response;
  expect(headers.get("content-type")).toBe("text/event-stream");
  expect(headers.get("cache-control")).toBe("no-store, no-transform");
  expect(headers.get("x-accel-buffering")).toBe("no");
  reader.close();
});

test.for([
  ["text/event-stream", 200],
  ["text/html, */*;q=0.1", 200],
  ["text/*", 200],
  ["text/html", 406],
  ["text/event-stream;q=0, */*", 406],
] as const)("a client that accepts %s is answered %i", async ([accept, status]) => {
  const reader = await open(home.owner, { accept });
  expect(reader.response.status).toBe(status);
  reader.close();
});

test("an edit in the API shows on an open stream, with a newer id", async () => {
  const reader = await open();
  await reader.untilEvent("live");
  const entry = { day: "monday", meal: "dinner", title: "Soup" };
  const plan = await home.owner.json("POST", `/api/mealplans/${home.plan._id}/entries`, entry);
  await reader.untilEvent("message", 1);
  expect(reader.latest).toEqual(plan);
  reader.close();
});

test("heartbeats come as pings that say which event was handed over last", async () => {
  const reader = await open();
  const ping = await reader.untilEvent("ping");
  expect(JSON.parse(ping.data)).toMatchObject({ id: reader.named("message").at(-1)?.id });
  reader.close();
});

test("a stranger, and somebody who is not signed in, hear nothing of a plan", async () => {
  const stranger = await register(stack.url, "Eve");
  expect((await open(stranger)).response.status).toBe(404);
  const anonymous = await StreamReader.open(`${stack.url}/api/mealplans/updates/${home.plan._id}`);
  expect(anonymous.response.status).toBe(401);
  const nowhere = await home.owner.request("GET", `/api/mealplans/updates/${"0".repeat(24)}`);
  expect(nowhere.status).toBe(404);
  expect((await home.owner.request("GET", "/api/mealplans/updates/not-an-id")).status).toBe(400);
});

test("who is watching is told by name, once per person, and no longer after they left", async () => {
  const jane = await join(home, "Jane");
  const reader = await open();
  const first = await open(jane);
  const second = await open(jane);
  const viewers = () => JSON.parse(reader.named("presence").at(-1)?.data ?? '{"viewers":[]}').viewers;
  await reader.until(() => viewers().length === 2, "both to be seen");
  expect(viewers().map(({ name }: { name: string }) => name)).toEqual(["Ada", "Jane"]);
  first.close();
  second.close();
  await reader.until(() => viewers().length === 1, "Jane to be gone");
  reader.close();
});

test("who watches a plan too long for one turn is told who is watching, as soon as there is room", async () => {
  const long = await makeHome(stack.url, "Cleo");
  const entry = { day: "monday", meal: "dinner", title: "Feast", note: "n".repeat(1000) };
  // One after the other would take longer; together they are more than a stream takes at once.
  const adding = Array.from({ length: 80 }, () =>
    long.owner.json("POST", `/api/mealplans/${long.plan._id}/entries`, entry),
  );
  await Promise.all(adding);
  const url = `${stack.url}/api/mealplans/updates/${long.plan._id}`;
  const reader = await StreamReader.open(url, { headers: { cookie: long.owner.cookie } });
  const presence = await reader.untilEvent("presence");
  expect(presence.data).toContain("Cleo");
  reader.close();
});

test("the status counts the streams that are open", async () => {
  await expect.poll(clients, { timeout: 10_000 }).toBe(0);
  const readers = await Promise.all([open(), open(), open()]);
  await Promise.all(readers.map((reader) => reader.untilEvent("live")));
  await expect.poll(clients, { timeout: 10_000 }).toBe(3);
  for (const reader of readers) reader.close();
  await expect.poll(clients, { timeout: 10_000 }).toBe(0);
});

async function clients(): Promise<number> {
  const status = await fetch(`${stack.url}/api/status`);
  const { clients: count, database } = (await status.json()) as { clients: number; database: boolean };
  expect(database).toBe(true);
  return count;
}
