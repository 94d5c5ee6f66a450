import { ObjectId } from "bson";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { expectOrder } from "../support/Audience.ts";
import { planEvent, publish } from "../support/hook.ts";
import { join, makeHome, type Home, type Person } from "../support/people.ts";
import { PausableStream } from "../support/PausableStream.ts";
import { SocketReader } from "../support/socketReader.ts";
import { startStack, type Stack } from "../support/stack.ts";
import { statusOf } from "../support/status.ts";
import { StreamReader } from "../support/streamReader.ts";

/** More than all the buffers between the hub and a client that reads nothing can hold: about 12 MB on loopback. */
const CHANGES = 400;
const NOTE = "x".repeat(100_000);

let patient: Stack;
let strict: Stack;
let home: Home;
let second = Math.floor(Date.now() / 1000) + 20;

beforeAll(async () => {
  patient = await startStack({ vars: { HEARTBEAT_SECONDS: "60" } });
  strict = await startStack({ mongoUri: patient.mongoUri, vars: { HEARTBEAT_SECONDS: "1" } });
});
afterAll(async () => {
  await strict.stop();
  await patient.stop();
});

/** Publishes changes one after the other; `shown` waits until those who read have each. */
async function change(stack: Stack, count: number, shown: (note: string) => Promise<void>): Promise<string> {
  const planId = new ObjectId(home.plan._id);
  let note = "";
  for (let number = 1; number <= count; number++) {
    note = `${number} ${NOTE}`;
    const fullDocument = { _id: planId, note, memberIds: [new ObjectId(home.owner.user._id)] };
    await publish(stack.url, [planEvent({ planId, seconds: second, increment: number, fullDocument })]);
    await shown(note);
  }
  second++;
  return note;
}

function noteOf(reader: { named(event: string): { data: string }[] }): string | undefined {
  const data = reader.named("message").at(-1)?.data;
  return data === undefined ? undefined : (JSON.parse(data) as { note?: string }).note;
}

function streamUrl(stack: Stack): string {
  return `${stack.url}/api/mealplans/updates/${home.plan._id}`;
}

function openReading(stack: Stack): Promise<StreamReader> {
  return StreamReader.open(streamUrl(stack), { headers: { cookie: home.owner.cookie } });
}

async function openStalled(stack: Stack): Promise<PausableStream> {
  const stalled = await PausableStream.open(streamUrl(stack), { cookie: home.owner.cookie });
  await stalled.until(() => stalled.named("live").length > 0, "live");
  stalled.pause();
  return stalled;
}

test("a client that stops reading delays nobody, misses what it can do without, and ends with the newest", async () => {
  home = await makeHome(patient.url);
  const reading = await openReading(patient);
  const stalled = await openStalled(patient);
  const last = await change(patient, CHANGES, (note) =>
    reading.until(() => noteOf(reading) === note, "the change"),
  );
  // All of it went by while the other took nothing.
  expect(reading.named("message")).toHaveLength(CHANGES + 1);
  const taken = stalled.bytes;
  stalled.resume();
  await stalled.until(() => noteOf(stalled) === last, "the newest");
  expect(stalled.named("message").length).toBeLessThan(CHANGES / 2);
  // What had been held for it is no more than the buffers of sockets and one turn of ours.
  expect(stalled.bytes - taken).toBeLessThan((CHANGES / 2) * NOTE.length);
  expectOrder(stalled.events);
  expectOrder(reading.events);
  // The hub tells its figures when somebody comes, at the latest.
  const newcomer = await openReading(patient);
  const conflated = async () => (await statusOf(patient.url)).counters["conflated"] ?? 0;
  await expect.poll(conflated).toBeGreaterThan(CHANGES / 2);
  for (const stream of [stalled, reading, newcomer]) stream.close();
});

test("a client that takes nothing for two heartbeats is told bye and closed, and comes back where it was", async () => {
  home = await makeHome(strict.url);
  const reading = await openReading(strict);
  const stalled = await openStalled(strict);
  const last = await change(strict, CHANGES, (note) =>
    reading.until(() => noteOf(reading) === note, "the change"),
  );
  await expect
    .poll(async () => (await statusOf(strict.url)).counters["closed:stalled"], { timeout: 20_000 })
    .toBe(1);
  expect(reading.ended).toBe(false);
  stalled.resume();
  await stalled.untilEnded();
  expect(stalled.events.at(-1)).toMatchObject({ event: "bye", data: '{"reason":"stalled"}' });
  const again = await PausableStream.open(streamUrl(strict), {
    cookie: home.owner.cookie,
    "last-event-id": stalled.lastId ?? "",
  });
  await again.until(() => noteOf(again) === last, "the newest");
  expect(again.named("reset")).toHaveLength(0);
  expect(again.named("message")).toHaveLength(1);
  again.close();
  reading.close();
});

test("what is held for clients that never read again counts against who opened them, until they have left", async () => {
  home = await makeHome(strict.url);
  const other = await join(home, "Bea");
  const planId = new ObjectId(home.plan._id);
  const memberIds = [home.owner.user._id, other.user._id].map((id) => new ObjectId(id));
  const stalled = await Promise.all(Array.from({ length: 6 }, () => openStalled(strict)));
  const statusFor = async (person: Person) => {
    const reader = await StreamReader.open(streamUrl(strict), { headers: { cookie: person.cookie } });
    reader.close();
    return reader.response.status;
  };
  for (let increment = 1; increment <= 30; increment++) {
    const fullDocument = { _id: planId, note: `${increment} ${"x".repeat(900_000)}`, memberIds };
    await publish(strict.url, [planEvent({ planId, seconds: second, increment, fullDocument })]);
  }
  await expect.poll(() => statusFor(home.owner), { timeout: 30_000 }).toBe(429);
  expect(await statusFor(other)).toBe(200);
  for (const stream of stalled) stream.close();
  await expect.poll(() => statusFor(home.owner), { timeout: 30_000 }).toBe(200);
});

test("a socket that never pings is left alone until a megabyte is under way, and one that pings is not", async () => {
  home = await makeHome(strict.url);
  const { cookie } = home.owner;
  const [mute, polite] = [
    new SocketReader(streamUrl(strict), { cookie }),
    new SocketReader(streamUrl(strict), { cookie }),
  ];
  await Promise.all(
    [mute, polite].map((reader) => reader.until(() => reader.named("live").length > 0, "live")),
  );
  const pinging = setInterval(() => polite.socket.send("ping"), 100);
  const last = await change(strict, 30, () => Promise.resolve());
  await polite.until(() => JSON.stringify(polite.named("message").at(-1)).includes(last), "the newest");
  await mute.until(() => mute.named("bye").length > 0, "bye");
  clearInterval(pinging);
  expect(mute.messages.at(-1)).toEqual({ event: "bye", data: { reason: "silent" } });
  expect(polite.closed).toBeNull();
  polite.close();
});

beforeEach(() => {
  // Each test makes a plan of its own, whose versions begin anew.
  second = Math.floor(Date.now() / 1000) + 20;
});
