import { ObjectId } from "mongodb";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { MealPlan, NewShare, Share } from "../../protocol/mealPlan.ts";
import type { Recipe } from "../../protocol/recipe.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { type Home, join, makeHome } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { StreamReader } from "../support/streamReader.ts";

let stack: Stack;
let database: DatabaseView;
let home: Home;
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
  path = `/api/mealplans/${home.plan._id}`;
});

function add(entry: Record<string, unknown>): Promise<MealPlan> {
  return home.owner.json<MealPlan>("POST", `${path}/entries`, { day: "monday", meal: "dinner", ...entry });
}

function share(body: Record<string, unknown> = {}): Promise<NewShare> {
  return home.owner.json<NewShare>("POST", `${path}/shares`, body);
}

function stored() {
  return database.db.collection("mealplans").findOne({ _id: new ObjectId(home.plan._id) });
}

test("a dish that is added comes back with the whole plan, and moves its updatedAt", async () => {
  const plan = await add({ title: "Soup", servings: 2, note: "hot" });
  const { owner } = home;
  expect(plan.entries).toEqual([
    {
      _id: expect.stringMatching(/^[0-9a-f]{24}$/),
      day: "monday",
      meal: "dinner",
      recipeId: null,
      title: "Soup",
      servings: 2,
      note: "hot",
      addedBy: owner.user._id,
      changedBy: owner.user._id,
      changedAt: plan.updatedAt,
    },
  ]);
  expect(plan.updatedAt > home.plan.updatedAt).toBe(true);
  expect(await owner.json<MealPlan>("GET", path)).toEqual(plan);
});

test("a dish takes its title and servings from its recipe, unless it brings its own", async () => {
  const recipe = await home.owner.json<Recipe>("POST", "/api/recipes", { title: "Bread", servings: 6 });
  const [first] = (await add({ recipeId: recipe._id })).entries;
  expect(first).toMatchObject({ recipeId: recipe._id, title: "Bread", servings: 6, note: "" });
  const [, second] = (await add({ recipeId: recipe._id, title: "Rolls", servings: 1 })).entries;
  expect(second).toMatchObject({ recipeId: recipe._id, title: "Rolls", servings: 1 });
});

test("adding the same dish twice adds it once", async () => {
  const wish = { _id: new ObjectId().toString(), title: "Soup" };
  const first = await add(wish);
  expect(await add(wish)).toEqual(first);
  const many = await Promise.all(Array.from({ length: 5 }, () => add(wish)));
  expect(many.map(({ entries }) => entries.length)).toEqual([1, 1, 1, 1, 1]);
});

test("dishes added by many at once are all there", async () => {
  const member = await join(home, "Grace");
  const titles = Array.from({ length: 20 }, (_, index) => `Dish ${index}`);
  await Promise.all(
    titles.map((title, index) => {
      const body = { day: "sunday", meal: "snack", title };
      return (index % 2 ? member : home.owner).json("POST", `${path}/entries`, body);
    }),
  );
  const { entries } = await member.json<MealPlan>("GET", path);
  expect(entries.map(({ title }) => title).toSorted()).toEqual(titles.toSorted());
});

test("a change of a dish leaves its other fields, and the other dishes, alone", async () => {
  await add({ title: "Soup" });
  const { entries } = await add({ title: "Bread", note: "fresh" });
  const [soup, bread] = entries;
  const change = { day: "friday", servings: 8 };
  const plan = await home.owner.json<MealPlan>("PATCH", `${path}/entries/${bread?._id}`, change);
  expect(plan.entries).toEqual([soup, { ...bread, ...change, changedAt: plan.updatedAt }]);
});

test("a dish that gets another recipe gets its title", async () => {
  const recipe = await home.owner.json<Recipe>("POST", "/api/recipes", { title: "Risotto" });
  const [soup] = (await add({ title: "Soup" })).entries;
  const entryPath = `${path}/entries/${soup?._id}`;
  const named = await home.owner.json<MealPlan>("PATCH", entryPath, { recipeId: recipe._id });
  expect(named.entries[0]).toMatchObject({ _id: soup?._id, recipeId: recipe._id, title: "Risotto" });
  const unnamed = await home.owner.json<MealPlan>("PATCH", entryPath, { recipeId: null });
  expect(unnamed.entries[0]).toMatchObject({ _id: soup?._id, recipeId: null, title: "Risotto" });
});

test("a dish that is removed is gone, and can't be removed again", async () => {
  const { entries } = await add({ title: "Soup" });
  const entryPath = `${path}/entries/${entries[0]?._id}`;
  expect((await home.owner.json<MealPlan>("DELETE", entryPath)).entries).toEqual([]);
  await expectProblem(await home.owner.request("DELETE", entryPath), "not-found");
});

test("a plan has room for 200 dishes", async () => {
  const entries = Array.from({ length: 200 }, () => ({ _id: new ObjectId(), title: "Rice" }));
  await database.db.collection<{ _id: ObjectId }>("mealplans").updateOne(
    { _id: new ObjectId(home.plan._id) },
    {
      $set: { entries },
    },
  );
  const body = { day: "monday", meal: "dinner", title: "One more" };
  await expectProblem(await home.owner.request("POST", `${path}/entries`, body), "limit-reached");
});

test("the plan is byte for byte what the stream says", async () => {
  await add({ title: "Crêpe “Suzette” 🍊" });
  const headers = { cookie: home.owner.cookie };
  const stream = await StreamReader.open(`${stack.url}/api/mealplans/updates/${home.plan._id}`, { headers });
  const { data } = await stream.untilEvent("message");
  expect(await (await home.owner.request("GET", path)).text()).toBe(data);
  const added = { day: "monday", meal: "lunch", title: "Tea" };
  const answer = await (await home.owner.request("POST", `${path}/entries`, added)).text();
  expect((await stream.untilEvent("message", 1)).data).toBe(answer);
  stream.close();
});

test("a plan typed by hand is shown as it is, and can still be edited as far as it makes sense", async () => {
  const entryId = new ObjectId();
  const typed = {
    memberIds: [home.owner.user._id],
    entries: [{ _id: entryId.toString(), title: 7 }, "lunch", null],
    extra: { big: 2 ** 60, when: new Date(0) },
  };
  await database.db.collection("mealplans").updateOne({ _id: new ObjectId(home.plan._id) }, { $set: typed });
  const shown = await home.owner.json<Record<string, unknown>>("GET", path);
  expect(shown["entries"]).toEqual([{ _id: entryId.toString(), title: 7 }, "lunch", null]);
  expect(shown["extra"]).toMatchObject({ when: "1970-01-01T00:00:00.000Z" });
  const entryPath = `${path}/entries/${entryId.toString()}`;
  const changed = await home.owner.json<MealPlan>("PATCH", entryPath, { title: "Lunch" });
  expect(changed.entries[0]).toMatchObject({ title: "Lunch" });
  expect((await home.owner.json<MealPlan>("DELETE", entryPath)).entries).toEqual(["lunch", null]);
  await database.db
    .collection("mealplans")
    .updateOne({ _id: new ObjectId(home.plan._id) }, { $set: { entries: "none" } });
  const body = { day: "monday", meal: "dinner", title: "Soup" };
  await expectProblem(await home.owner.request("POST", `${path}/entries`, body), "conflict");
  await expectProblem(await home.owner.request("PATCH", entryPath, { title: "Soup" }), "not-found");
});

test("whoever has a share link reads the plan, but neither its members nor who did what", async () => {
  await add({ title: "Soup" });
  const link = await share();
  expect(link.url).toBe(`${stack.url}/shared/${home.plan._id}#${link.token}`);
  const response = await fetch(`${stack.url}${path}?share=${link.token}`);
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({ _id: home.plan._id, entries: [{ title: "Soup" }] });
  expect(text).not.toContain("memberIds");
  expect(text).not.toContain("shares");
  expect(text).not.toContain(home.owner.user._id);
});

test("a share link opens its own plan only, and only for reading", async () => {
  const { token } = await share();
  const other = await makeHome(stack.url);
  await expectProblem(
    await fetch(`${stack.url}/api/mealplans/${other.plan._id}?share=${token}`),
    "not-found",
  );
  for (const bad of ["", "x", "A".repeat(43), '{"$ne":1}']) {
    await expectProblem(
      await fetch(`${stack.url}${path}?share=${encodeURIComponent(bad)}`),
      "not-found",
      bad,
    );
  }
  const write = await fetch(`${stack.url}${path}/entries?share=${token}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ day: "monday", meal: "dinner", title: "Soup" }),
  });
  await expectProblem(write, "signed-out");
});

test("a revoked share link closes its streams and opens nothing any more", async () => {
  const { _id, token } = await share();
  const stream = await StreamReader.open(
    `${stack.url}/api/mealplans/updates/${home.plan._id}?share=${token}`,
  );
  await stream.untilEvent("live");
  expect((await home.owner.request("DELETE", `${path}/shares/${_id}`)).status).toBe(204);
  await stream.untilEvent("revoked");
  await expectProblem(await fetch(`${stack.url}${path}?share=${token}`), "not-found");
  await expectProblem(await home.owner.request("DELETE", `${path}/shares/${_id}`), "not-found");
  expect(await home.owner.json<Share[]>("GET", `${path}/shares`)).toEqual([]);
});

test("an expired share link opens nothing", async () => {
  const { token } = await share({ expiresAt: "2100-01-01T00:00:00+02:00" });
  expect((await fetch(`${stack.url}${path}?share=${token}`)).status).toBe(200);
  await database.db
    .collection("mealplans")
    .updateOne({ _id: new ObjectId(home.plan._id) }, { $set: { "shares.0.expiresAt": new Date(0) } });
  await expectProblem(await fetch(`${stack.url}${path}?share=${token}`), "not-found");
  expect(await home.owner.json<Share[]>("GET", `${path}/shares`)).toEqual([]);
});

test("share links are listed without their tokens, which are stored nowhere", async () => {
  const { _id, token } = await share({ expiresAt: "2100-01-01T00:00:00Z" });
  const listed = await home.owner.json<Share[]>("GET", `${path}/shares`);
  expect(listed).toEqual([{ _id, expiresAt: "2100-01-01T00:00:00.000Z", createdAt: expect.any(String) }]);
  expect(await database.everything()).not.toContain(token);
});

test("a plan has room for 20 share links; those that have run out make room", async () => {
  for (let made = 0; made < 20; made++) await share();
  await expectProblem(await home.owner.request("POST", `${path}/shares`, {}), "limit-reached");
  await database.db
    .collection("mealplans")
    .updateOne({ _id: new ObjectId(home.plan._id) }, { $set: { "shares.4.expiresAt": new Date(0) } });
  await share();
  expect((await stored())?.["shares"]).toHaveLength(20);
});
