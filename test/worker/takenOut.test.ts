import { ObjectId } from "mongodb";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";

import type { MealPlan } from "../../protocol/mealPlan.ts";
import { weekAfter } from "../../protocol/week.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { type Home, join, makeHome, type Person } from "../support/people.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { StreamReader } from "../support/streamReader.ts";

/** More than are told to their hubs at once. */
const MANY_WEEKS = 30;

let stack: Stack;
let database: DatabaseView;

beforeAll(async () => {
  // No trigger runs, and no reconcile comes in time: what is not told at once is not told.
  stack = await startStack({ vars: { HEARTBEAT_SECONDS: "600", RECONCILE_SECONDS: "3600" } });
  database = new DatabaseView(stack.mongoUri);
});

afterAll(async () => {
  await database.close();
  await stack.stop();
});

async function watch(person: Person, planId: string): Promise<StreamReader> {
  const url = `${stack.url}/api/streams/mealplans/${planId}`;
  const reader = await StreamReader.open(url, { headers: { cookie: person.cookie } });
  onTestFinished(() => reader.close());
  await reader.untilEvent("live");
  return reader;
}

/** Plans of many weeks before or after this one, as a member can make them. */
async function arrange({ household, plan }: Home, direction: 1 | -1): Promise<void> {
  const weeks = Array.from({ length: MANY_WEEKS }, (_, index) =>
    weekAfter(plan.week, direction * (index + 1)),
  );
  const householdId = new ObjectId(household._id);
  const memberIds = household.members.map(({ userId }) => new ObjectId(userId));
  await database.db
    .collection("mealplans")
    .insertMany(weeks.map((week) => ({ householdId, week, entries: [], memberIds })));
}

async function takeOut({ owner, household }: Home, { user }: Person): Promise<void> {
  await owner.json("DELETE", `/api/households/${household._id}/members/${user._id}`);
}

test("who is taken out loses this week's stream at once, however many plans of later weeks they arranged", async () => {
  const home = await makeHome(stack.url);
  await arrange(home, 1);
  const mallory = await join(home, "Mallory");
  const stream = await watch(mallory, home.plan._id);
  await takeOut(home, mallory);
  await stream.untilEvent("revoked");
  await stream.untilEnded();
});

test("who is taken out loses the stream of any plan that they watch, also of one that nobody would think of", async () => {
  const home = await makeHome(stack.url);
  await arrange(home, 1);
  await arrange(home, -1);
  const mallory = await join(home, "Mallory");
  const path = `/api/households/${home.household._id}/mealplans?week=`;
  const farAway = weekAfter(home.plan.week, -MANY_WEEKS);
  const { _id } = await mallory.json<MealPlan>("GET", path + farAway);
  const [hers, mine] = [await watch(mallory, _id), await watch(home.owner, _id)];
  await takeOut(home, mallory);
  await hers.untilEvent("revoked");
  expect(mine.ended).toBe(false);
});
