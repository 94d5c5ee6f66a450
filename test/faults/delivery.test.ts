import { ObjectId } from "bson";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";

import { Audience } from "../support/Audience.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { startRelayedFeed } from "../support/feed.ts";
import { planEvent, postHook, publish } from "../support/hook.ts";
import { OutsideEdits } from "../support/outsideEdits.ts";
import { makeHome, type Home } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";
import { statusOf } from "../support/status.ts";

// The feed is all that these hubs hear: they would reconcile in an hour.
let stack: Stack;
let view: DatabaseView;
let home: Home;
let edits: OutsideEdits;

beforeAll(async () => {
  stack = await startStack({ vars: { RECONCILE_SECONDS: "3600" } });
  view = new DatabaseView(stack.mongoUri);
});
afterAll(async () => {
  await view.close();
  await stack.stop();
});
beforeEach(async () => {
  home = await makeHome(stack.url);
  edits = new OutsideEdits(view.db, home.plan._id);
});

async function post(bodies: readonly string[]): Promise<string[]> {
  const outcomes: string[] = [];
  for (const body of bodies) {
    const answer = await (await postHook(stack.url, body)).json();
    outcomes.push(...(answer as { results: { outcome: string }[] }).results.map(({ outcome }) => outcome));
  }
  return outcomes;
}

test("when every event comes three times and in reverse order, every page shows the newest, once", async () => {
  const { relay } = await startRelayedFeed(stack, () => "hold");
  const audience = await Audience.open(home);
  await edits.notes("change", 20);
  await expect.poll(() => relay.held.length).toBeGreaterThanOrEqual(20);
  const outcomes = await post(relay.held.toReversed().flatMap((body) => [body, body, body]));
  await audience.untilEqual(view.db);
  await edits.note("the last");
  await expect.poll(() => relay.held.at(-1)).toContain("the last");
  await post(relay.held.slice(-1));
  await audience.untilEqual(view.db);
  audience.expectOrder();
  expect(outcomes.filter((outcome) => outcome === "published")).toHaveLength(1);
  for (const page of audience.pages) expect(page.named("message")).toHaveLength(3);
});

test("an event that was delayed by minutes changes nothing and is shown to nobody", async () => {
  const { relay } = await startRelayedFeed(stack, () => "hold");
  const audience = await Audience.open(home);
  await edits.note("under way for long");
  await expect.poll(() => relay.held.length).toBe(1);
  const entry = { day: "friday", meal: "dinner", title: "Meanwhile" };
  await home.owner.json("POST", `/api/mealplans/${home.plan._id}/entries`, entry);
  await audience.untilEqual(view.db);
  const planId = new ObjectId(home.plan._id);
  const minutesAgo = Math.floor(Date.now() / 1000) - 240;
  const old = { _id: planId, note: "minutes old", memberIds: [new ObjectId(home.owner.user._id)] };
  const late = [planEvent({ planId, seconds: minutesAgo, fullDocument: old })];
  expect(await post(relay.held.slice(0, 1))).toEqual(["stale"]);
  expect(await publish(stack.url, late)).toEqual(["stale"]);
  expect(
    await publish(stack.url, [planEvent({ planId, seconds: minutesAgo, operationType: "delete" })]),
  ).toEqual(["stale"]);
  await home.owner.json("POST", `/api/mealplans/${home.plan._id}/entries`, { ...entry, title: "Afterwards" });
  await audience.untilEqual(view.db);
  audience.expectOrder();
  for (const page of audience.pages) expect(page.named("message")).toHaveLength(3);
});

test("when half of the events are lost, every page shows what the database holds after a reconcile", async () => {
  const healing = await startStack({
    mongoUri: stack.mongoUri,
    vars: { HEARTBEAT_SECONDS: "1", RECONCILE_SECONDS: "2" },
  });
  onTestFinished(() => healing.stop());
  const other = await makeHome(healing.url);
  // The last one of each round, so that nothing later makes up for it.
  const { relay } = await startRelayedFeed(healing, (body) => (body.includes("change 2") ? "lose" : "pass"));
  const audience = await Audience.open(other);
  const theirs = new OutsideEdits(view.db, other.plan._id);
  for (let round = 1; round <= 5; round++) {
    await theirs.notes(`round ${round}, change`, 2);
    await expect.poll(() => relay.lost).toBe(round);
    await audience.untilEqual(view.db);
  }
  audience.expectOrder();
  await expect
    .poll(async () => (await statusOf(healing.url)).counters["healed"], { timeout: 20_000 })
    .toBeGreaterThan(0);
});
