import { ObjectId } from "bson";
import { afterAll, beforeAll, expect, test } from "vitest";

import { DatabaseView } from "../support/databaseView.ts";
import { MuteSocket } from "../support/MuteSocket.ts";
import { join, makeHome, register, type Home } from "../support/people.ts";
import { SocketReader } from "../support/socketReader.ts";
import { startStack, type Stack } from "../support/stack.ts";
import { statusOf } from "../support/status.ts";
import { StreamReader } from "../support/streamReader.ts";

let stack: Stack;
let view: DatabaseView;
let home: Home;

beforeAll(async () => {
  stack = await startStack({ vars: { HEARTBEAT_SECONDS: "1", ALLOWED_ORIGINS: "https://wall.example" } });
  view = new DatabaseView(stack.mongoUri);
  home = await makeHome(stack.url);
});
afterAll(async () => {
  await view.close();
  await stack.stop();
});

function streamUrl(query = ""): string {
  return `${stack.url}/api/mealplans/updates/${home.plan._id}${query}`;
}

async function open(query = "", cookie = home.owner.cookie): Promise<SocketReader> {
  const reader = new SocketReader(streamUrl(query), { cookie });
  await reader.until(() => reader.named("live").length > 0, "live");
  return reader;
}

/** Puts the hub to sleep; its sockets stay. */
async function hibernate({ plan } = home): Promise<void> {
  const name = `mealplans/${plan._id}`;
  await stack.harness.getWorker().evictDurableObject("HUBS", { name, webSockets: "hibernate" });
}

/** How many were let go so far because they had fallen silent. */
async function letGo(): Promise<number> {
  return (await statusOf(stack.url)).counters["closed:silent"] ?? 0;
}

async function add(title: string): Promise<void> {
  const entry = { day: "tuesday", meal: "lunch", title };
  await home.owner.json("POST", `/api/mealplans/${home.plan._id}/entries`, entry);
}

test("a socket and an event stream of one plan get the same events in the same order", async () => {
  const socket = await open();
  const sse = await StreamReader.open(streamUrl(), { headers: { cookie: home.owner.cookie } });
  await sse.untilEvent("live");
  for (const title of ["One", "Two", "Three"]) await add(title);
  await sse.until(() => JSON.stringify(sse.latest).includes("Three"), "the last change");
  await socket.until(
    () => JSON.stringify(socket.named("message").at(-1)).includes("Three"),
    "the last change",
  );
  const asText = sse
    .named("message")
    .map(({ id, data }) => ({ id, event: "message", data: JSON.parse(data) }));
  expect(socket.named("message")).toEqual(asText);
  socket.close();
  sse.close();
});

test("a socket continues after the id in the address", async () => {
  const first = await open();
  const id = first.named("message").at(-1)?.id;
  first.close();
  const current = await open(`?lastEventId=${id}`);
  expect(current.messages[0]?.event).toBe("live");
  current.close();
  await add("Four");
  const behind = await open(`?lastEventId=${id}`);
  expect(behind.messages.map(({ event }) => event).slice(0, 2)).toEqual(["message", "live"]);
  behind.close();
});

test("ping is answered with pong", async () => {
  const socket = await open();
  socket.socket.send("ping");
  await socket.until(() => socket.texts.includes("pong"), "pong");
  socket.close();
});

test("a socket survives the eviction of its hub and goes on with the next change", async () => {
  const socket = await open();
  await hibernate();
  await add("After the nap");
  await socket.until(
    () => JSON.stringify(socket.named("message").at(-1)).includes("After the nap"),
    "the change",
  );
  expect(socket.closed).toBeNull();
  expect(socket.named("message").length).toBe(2);
  socket.close();
});

test("a client that says anything besides ping, however long, is closed, and disturbs nobody else", async () => {
  const other = await open();
  for (const nonsense of ["x".repeat(1024 * 1024), "{}"]) {
    const socket = await open();
    socket.socket.send(nonsense);
    await socket.until(() => socket.closed !== null, "the end");
    expect(socket.closed?.code).toBe(1008);
  }
  await add("Still here");
  await other.until(() => JSON.stringify(other.named("message").at(-1)).includes("Still here"), "the change");
  other.close();
});

test("a member who is removed is told so and closed with its own code", async () => {
  const jane = await join(home, "Jane");
  const socket = await open("", jane.cookie);
  await home.owner.json("DELETE", `/api/households/${home.household._id}/members/${jane.user._id}`);
  await socket.until(() => socket.closed !== null, "the end");
  expect(socket.messages.at(-1)).toEqual({ event: "revoked", data: { reason: "no-longer-a-member" } });
  expect(socket.closed?.code).toBe(4403);
});

test("a client that pinged and then fell silent is let go, and is no ghost among the viewers", async () => {
  const jane = await join(home, "Jane");
  const mine = await open();
  const hers = await open("", jane.cookie);
  hers.socket.send("ping");
  const viewers = () => JSON.stringify(mine.named("presence").at(-1)?.data);
  await mine.until(() => viewers()?.includes("Jane") ?? false, "Jane to be seen");
  const alive = setInterval(() => mine.socket.send("ping"), 500);
  await hers.until(() => hers.closed !== null, "the silent one to be let go");
  await mine.until(() => !viewers().includes("Jane"), "Jane to be gone");
  clearInterval(alive);
  expect(hers.messages.at(-1)).toEqual({ event: "bye", data: { reason: "silent" } });
  mine.close();
});

test("a client that was let go and never agrees to it is no ghost after the hub has slept", async () => {
  const jane = await join(home, "Jane");
  const dead = await MuteSocket.open(streamUrl(), jane.cookie);
  const before = await letGo();
  await expect.poll(letGo).toBeGreaterThan(before);
  await hibernate();
  const mine = await open();
  await mine.until(() => mine.named("presence").length > 0, "who is watching");
  expect(JSON.stringify(mine.named("presence")[0]?.data)).not.toContain("Jane");
  mine.close();
  dead.destroy();
});

test("a client that closes is answered, so that it need not wait", async () => {
  const socket = await MuteSocket.open(streamUrl(), home.owner.cookie);
  // A close frame with code 1000, and nothing behind it.
  expect((await socket.leave()).subarray(-4).toString("hex")).toBe("880203e8");
});

test("a hub that sleeps between two sweeps asks the database no more often than it was told to", async () => {
  const asleep = await makeHome(stack.url, "Dora");
  const url = `${stack.url}/api/mealplans/updates/${asleep.plan._id}`;
  const socket = new SocketReader(url, { cookie: asleep.owner.cookie });
  await socket.until(() => socket.named("live").length > 0, "live");
  await hibernate(asleep);
  // Nothing tells the hub of this: only a reconcile would find it.
  const filter = { _id: new ObjectId(asleep.plan._id) };
  await view.db.collection("mealplans").updateOne(filter, { $set: { note: "unheard of" } });
  await socket.until(() => socket.named("ping").length >= 2, "two sweeps");
  expect(socket.named("message")).toHaveLength(1);
  socket.close();
});

test("a last event id of any length is an id that no hub has written, and opens the stream", async () => {
  const { cookie } = home.owner;
  const reader = new SocketReader(streamUrl(), { cookie, "last-event-id": "1".repeat(20_000) });
  await reader.until(() => reader.named("live").length > 0, "live");
  expect(reader.messages.map(({ event, data }) => [event, data])[0]).toEqual([
    "reset",
    { reason: "malformed" },
  ]);
  reader.close();
});

test("an event stream beside sockets is pinged once per heartbeat", async () => {
  const socket = await open();
  const sse = await StreamReader.open(streamUrl(), { headers: { cookie: home.owner.cookie } });
  await sse.untilEvent("ping", 5);
  const times = sse.named("ping").map(({ data }) => Date.parse((JSON.parse(data) as { at: string }).at));
  const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  expect(Math.min(...pauses)).toBeGreaterThan(500);
  socket.close();
  sse.close();
});

test("strangers and pages of other origins get no socket", async () => {
  const stranger = await register(stack.url, "Eve");
  const refused = [
    new SocketReader(streamUrl(), { cookie: stranger.cookie }),
    new SocketReader(streamUrl(), {}),
    new SocketReader(streamUrl(), { cookie: home.owner.cookie, origin: "https://evil.example" }),
    new SocketReader(streamUrl(), { cookie: home.owner.cookie, origin: "https://wall.example" }),
  ];
  for (const socket of refused) {
    await socket.until(() => socket.closed !== null, "the refusal");
    expect(socket.messages).toHaveLength(0);
  }
});
