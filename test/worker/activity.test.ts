import { ObjectId } from "mongodb";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { Activity } from "../../protocol/activity.ts";
import type { Household } from "../../protocol/household.ts";
import type { MealPlan, NewShare } from "../../protocol/mealPlan.ts";
import type { Recipe } from "../../protocol/recipe.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { type Home, join, makeHome, type Person, register } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { StreamReader } from "../support/streamReader.ts";

let stack: Stack;
let database: DatabaseView;
let home: Home;
let ada: Person;
let grace: Person;
let path: string;

beforeAll(async () => {
  stack = await startStack();
  database = new DatabaseView(stack.mongoUri);
});

afterAll(async () => {
  await database.close();
  await stack.stop();
});

beforeEach(async () => {
  home = await makeHome(stack.url);
  ada = home.owner;
  grace = await join(home, "Grace");
  path = `/api/mealplans/${home.plan._id}`;
});

async function add(person: Person, fields: object = {}): Promise<string> {
  const body = { _id: new ObjectId().toString(), day: "monday", meal: "dinner", title: "Soup", ...fields };
  await person.json("POST", `${path}/entries`, body);
  return body._id;
}

async function activity(person = ada) {
  return (await person.json<Activity>("GET", `${path}/activity`)).activity;
}

function plans() {
  return database.db.collection("mealplans");
}

const planId = () => ({ _id: new ObjectId(home.plan._id) });

test("a dish says who changed it last and when; a change outside leaves both alone", async () => {
  const entryId = await add(ada);
  const [added] = (await grace.json<MealPlan>("GET", path)).entries;
  expect(added).toMatchObject({ addedBy: ada.user._id, changedBy: ada.user._id });
  const change = { note: "hot" };
  const [changed] = (await grace.json<MealPlan>("PATCH", `${path}/entries/${entryId}`, change)).entries;
  expect(changed).toMatchObject({ addedBy: ada.user._id, changedBy: grace.user._id });
  expect(Date.parse(changed?.changedAt ?? "")).toBeGreaterThanOrEqual(Date.parse(added?.changedAt ?? ""));
  await plans().updateOne(planId(), { $set: { "entries.0.title": "By hand" } });
  const [typed] = (await ada.json<MealPlan>("GET", path)).entries;
  expect(typed).toEqual({ ...changed, title: "By hand" });
});

test("so do recipes and households", async () => {
  const recipe = await ada.json<Recipe>("POST", "/api/recipes", { title: "Stew" });
  expect(recipe).toMatchObject({ changedBy: ada.user._id, changedAt: recipe.createdAt });
  const changed = await grace.json<Recipe>("PATCH", `/api/recipes/${recipe._id}`, { servings: 2 });
  expect(changed).toMatchObject({ changedBy: grace.user._id, changedAt: changed.updatedAt });
  const household = `/api/households/${home.household._id}`;
  const renamed = await ada.json<Household>("PATCH", household, { name: "Villa" });
  expect(renamed).toMatchObject({ changedBy: ada.user._id, changedAt: renamed.updatedAt });
});

test("the activity tells who did what to which dish, the newest first", async () => {
  const entryId = await add(ada, { note: "hot" });
  await grace.json("PATCH", `${path}/entries/${entryId}`, { day: "friday", meal: "dinner" });
  await ada.json("PATCH", `${path}/entries/${entryId}`, { title: "Stew", note: "hot" });
  await ada.json("PATCH", `${path}/entries/${entryId}`, { title: "Stew" });
  await grace.json("DELETE", `${path}/entries/${entryId}`);
  const [byAda, byGrace] = [ada, grace].map(({ user }) => ({ userId: user._id, name: user.name }));
  const whole = { _id: entryId, meal: "dinner", note: "hot" };
  expect(await activity(grace)).toMatchObject([
    {
      kind: "removed",
      by: byGrace,
      entryId,
      before: { ...whole, day: "friday", title: "Stew" },
      after: null,
    },
    { kind: "changed", by: byAda, title: "Stew", before: { title: "Soup" }, after: { title: "Stew" } },
    { kind: "moved", by: byGrace, title: "Soup", before: { day: "monday" }, after: { day: "friday" } },
    { kind: "added", by: byAda, entryId, title: "Soup", before: null, after: { ...whole, day: "monday" } },
  ]);
  const [, changed, moved] = await activity();
  expect([changed?.before, moved?.after]).toEqual([{ title: "Soup" }, { day: "friday" }]);
  const { removed } = await ada.json<MealPlan>("GET", path);
  expect(removed).toEqual([
    {
      _id: entryId,
      title: "Stew",
      day: "friday",
      meal: "dinner",
      by: grace.user._id,
      at: expect.any(String),
    },
  ]);
});

test("who has left is told of without a name", async () => {
  await add(grace);
  await ada.json("DELETE", `/api/households/${home.household._id}/members/${grace.user._id}`);
  expect(await activity()).toMatchObject([{ by: { userId: grace.user._id, name: null } }]);
});

test("guests and strangers are told nothing of who did what, neither by reading nor by watching", async () => {
  const { token } = await ada.json<NewShare>("POST", `${path}/shares`, {});
  const stream = await StreamReader.open(
    `${stack.url}/api/streams/mealplans/${home.plan._id}?share=${token}`,
  );
  const member = await StreamReader.open(`${stack.url}/api/streams/mealplans/${home.plan._id}`, {
    headers: { cookie: ada.cookie },
  });
  await Promise.all([stream.untilEvent("live"), member.untilEvent("live")]);
  const [first, second] = [await add(grace, { note: "secret key" }), await add(ada)];
  await grace.json("DELETE", `${path}/entries/${first}`);
  const isWithout = ({ data }: { data: string }) => !data.includes(first) || data.includes('"removed"');
  await expect.poll(() => member.named("message").at(-1)?.data).toContain('"removed":[{');
  await expect.poll(() => stream.named("message").some((event) => event.data.includes(second))).toBe(true);
  await expect.poll(() => isWithout(stream.named("message").at(-1) ?? { data: first })).toBe(true);
  const read = await (await fetch(`${stack.url}${path}?share=${token}`)).text();
  for (const text of [read, ...stream.named("message").map(({ data }) => data)]) {
    for (const hidden of [
      "changedBy",
      "changedAt",
      "addedBy",
      "removed",
      "activity",
      ada.user._id,
      grace.user._id,
    ])
      expect(text).not.toContain(hidden);
  }
  for (const { data } of member.named("message")) expect(data).not.toContain('"activity"');
  for (const event of [stream, member]) event.close();
  await expectProblem(await fetch(`${stack.url}${path}/activity?share=${token}`), "signed-out");
  const stranger = await register(stack.url, "Mallory");
  await expectProblem(await stranger.request("GET", `${path}/activity`), "not-found");
});

test("a plan stays small, however often and with however much it is edited", async () => {
  const entryId = await add(ada);
  for (let edits = 0; edits < 20; edits++)
    await ada.json("PATCH", `${path}/entries/${entryId}`, { note: `${edits} ${"🍲".repeat(480)}` });
  for (let removals = 0; removals < 22; removals++)
    await ada.json("DELETE", `${path}/entries/${await add(ada, { title: `${removals}`.padEnd(200, "x") })}`);
  await plans().updateOne(planId(), { $set: { "entries.0.title": "x".repeat(1_000_000) } });
  await ada.json("DELETE", `${path}/entries/${entryId}`);
  const stored = await plans().findOne(planId());
  expect(stored?.["activity"]).toHaveLength(50);
  expect(stored?.["removed"]).toHaveLength(20);
  expect(JSON.stringify(stored).length).toBeLessThan(100_000);
  const [last] = await activity();
  expect(last).toMatchObject({ kind: "removed", cut: ["title", "note"] });
  expect(String(last?.before?.["note"]).length).toBeLessThanOrEqual(200);
});

test("what a person typed in place of the activity hinders nobody", async () => {
  for (const typed of ["none", null, 7, [null, "x", { _id: "y", deep: [[1]] }]]) {
    await plans().updateOne(planId(), { $set: { activity: typed, removed: typed } });
    const entryId = await add(ada);
    await ada.json("PATCH", `${path}/entries/${entryId}`, { title: "Stew" });
    await ada.json("DELETE", `${path}/entries/${entryId}`);
    expect((await activity()).map(({ kind }) => kind)).toEqual(["removed", "changed", "added"]);
  }
});
