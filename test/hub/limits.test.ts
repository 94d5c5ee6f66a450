import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { NewShare } from "../../protocol/mealPlan.ts";
import { join, makeHome, type Home, type Person } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { startStack, type Stack } from "../support/stack.ts";
import { StreamReader } from "../support/streamReader.ts";

const PER_HUB = 5;
const PER_USER = 3;

let stack: Stack;
let home: Home;
let jane: Person;

beforeAll(async () => {
  stack = await startStack({
    vars: {
      HEARTBEAT_SECONDS: "0.5",
      MAX_STREAMS_PER_HUB: String(PER_HUB),
      MAX_STREAMS_PER_USER: String(PER_USER),
    },
  });
});
afterAll(() => stack.stop());
beforeEach(async () => {
  home = await makeHome(stack.url);
  jane = await join(home, "Jane");
});

function streamPath(): string {
  return `/api/mealplans/updates/${home.plan._id}`;
}

async function open(person: Person, count: number): Promise<StreamReader[]> {
  const readers: StreamReader[] = [];
  for (let number = 0; number < count; number++) {
    const reader = await StreamReader.open(stack.url + streamPath(), { headers: { cookie: person.cookie } });
    await reader.untilEvent("live");
    readers.push(reader);
  }
  return readers;
}

async function expectRefusal(person: Person, code: "too-many-streams" | "hub-full"): Promise<void> {
  const answer = await person.request("GET", streamPath());
  await expectProblem(answer, code);
  const seconds = Number(answer.headers.get("retry-after"));
  expect(seconds).toBeGreaterThan(0);
}

async function expectAllAlive(readers: readonly StreamReader[]): Promise<void> {
  const entry = { day: "monday", meal: "dinner", title: "Still here" };
  await home.owner.json("POST", `/api/mealplans/${home.plan._id}/entries`, entry);
  await Promise.all(readers.map((reader) => reader.untilEvent("message", 1)));
  for (const reader of readers) reader.close();
}

test("one stream too many of a user is refused with 429 and a time to wait; nobody is put out", async () => {
  const readers = await open(home.owner, PER_USER);
  await expectRefusal(home.owner, "too-many-streams");
  readers.push(...(await open(jane, 1)));
  await expectAllAlive(readers);
});

test("one stream too many of a hub is refused with 503 and a time to wait; nobody is put out", async () => {
  const readers = [...(await open(home.owner, PER_USER)), ...(await open(jane, PER_HUB - PER_USER))];
  await expectRefusal(jane, "hub-full");
  await expectAllAlive(readers);
});

test("the guests of one link never take all the room from the members", async () => {
  const path = `/api/mealplans/${home.plan._id}/shares`;
  const { token } = await home.owner.json<NewShare>("POST", path, {});
  const guests: StreamReader[] = [];
  for (let number = 0; number < PER_HUB; number++) {
    guests.push(await StreamReader.open(`${stack.url}${streamPath()}?share=${token}`));
  }
  const statuses = guests.map(({ response }) => response.status);
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
  await expectAllAlive([...guests.slice(0, PER_USER), ...(await open(home.owner, 1))]);
});

test("when somebody leaves there is room again", async () => {
  const readers = await open(home.owner, PER_USER);
  readers.shift()?.close();
  await expect
    .poll(
      async () => {
        const reader = await StreamReader.open(stack.url + streamPath(), {
          headers: { cookie: home.owner.cookie },
        });
        readers.push(reader);
        return reader.response.status;
      },
      { timeout: 20_000 },
    )
    .toBe(200);
  for (const reader of readers) reader.close();
});
