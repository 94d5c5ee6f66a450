import { ObjectId } from "bson";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { planEvent, publish } from "../support/hook.ts";
import { makeHome, type Home } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";
import { StreamReader } from "../support/streamReader.ts";

let stack: Stack;
let home: Home;
let planId: ObjectId;
let reader: StreamReader;
/** Later than anything that the database has written, so that these events count. */
let later: number;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

beforeEach(async () => {
  later = Math.floor(Date.now() / 1000) + 20;
  home = await makeHome(stack.url);
  planId = new ObjectId(home.plan._id);
  reader = await StreamReader.open(`${stack.url}/api/mealplans/updates/${home.plan._id}`, {
    headers: { cookie: home.owner.cookie },
  });
  await reader.untilEvent("live");
  return () => reader.close();
});

function document(note: string) {
  return {
    _id: planId,
    householdId: new ObjectId(home.household._id),
    week: home.plan.week,
    entries: [],
    note,
    memberIds: [new ObjectId(home.owner.user._id)],
  };
}

function event(second: number, note: string) {
  return planEvent({ planId, seconds: later + second, fullDocument: document(note) });
}

test("events posted three times and in reverse order show the newest once", async () => {
  const events = [1, 2, 3, 4, 5].map((second) => event(second, `change ${second}`));
  const outcomes: string[] = [];
  for (const one of events.toReversed()) {
    for (let time = 0; time < 3; time++) outcomes.push(...(await publish(stack.url, [one])));
  }
  await reader.untilEvent("message", 1);
  await publish(stack.url, [event(9, "the last")]);
  await reader.untilEvent("message", 2);
  const notes = reader.named("message").map(({ data }) => JSON.parse(data).note);
  expect(notes).toEqual([undefined, "change 5", "the last"]);
  expect(outcomes.slice(0, 3)).toEqual(["published", "repeat", "repeat"]);
  expect(outcomes.slice(3)).toEqual(Array.from({ length: 12 }, () => "stale"));
});

test("ids rise strictly", async () => {
  for (let second = 1; second <= 20; second++) await publish(stack.url, [event(second, `${second}`)]);
  await reader.until(() => (reader.latest as { note?: string }).note === "20", "the last change");
  const seqs = reader.named("message").map(({ id }) => Number(id?.split("-")[1]));
  expect(seqs).toEqual([...new Set(seqs)].toSorted((a, b) => a - b));
});

test("the same content under a newer version is no news", async () => {
  await publish(stack.url, [event(1, "same")]);
  await reader.untilEvent("message", 1);
  expect(await publish(stack.url, [event(2, "same")])).toEqual(["repeat"]);
  expect(await publish(stack.url, [event(1, "same")])).toEqual(["stale"]);
  await publish(stack.url, [event(3, "other")]);
  await reader.untilEvent("message", 2);
  expect(reader.named("message")).toHaveLength(3);
});

test("a removal is told, and a late older change does not bring the plan back", async () => {
  const gone = planEvent({ planId, seconds: later + 5, operationType: "delete" });
  expect(await publish(stack.url, [gone])).toEqual(["published"]);
  const removed = await reader.untilEvent("removed");
  expect(JSON.parse(removed.data)).toEqual({ _id: home.plan._id });
  expect(await publish(stack.url, [event(3, "late")])).toEqual(["stale"]);
});

test("an array that was sent half is safe to send again", async () => {
  const all = [event(1, "one"), event(2, "two")];
  await publish(stack.url, all.slice(0, 1));
  expect(await publish(stack.url, all)).toEqual(["repeat", "published"]);
});
