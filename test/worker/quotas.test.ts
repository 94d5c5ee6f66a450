import { ObjectId } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { Household } from "../../protocol/household.ts";
import { QUOTAS } from "../../protocol/quotas.ts";
import type { Recipe } from "../../protocol/recipe.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { type Home, makeHome, register } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack } from "../support/stack.ts";

let stack: Stack;
let database: DatabaseView;

beforeAll(async () => {
  stack = await startStack();
  database = new DatabaseView(stack.mongoUri);
});

afterAll(async () => {
  await database.close();
  await stack.stop();
});

/** As large as a recipe gets. */
const HUGE = { title: "Everything", steps: Array.from({ length: 100 }, () => "x".repeat(2000)) };
const HUGE_BYTES = 201_000;

/** Fills the cookbook of a household up to where so many huge recipes fit. */
async function fill({ household }: Home, left: number): Promise<void> {
  const householdId = new ObjectId(household._id);
  const bytes = QUOTAS.recipeBytesOfHousehold - left * HUGE_BYTES;
  const steps = ["x".repeat(100_000)];
  const count = Math.floor(bytes / 100_200);
  const recipes = Array.from({ length: count }, (_, number) => ({ householdId, title: `${number}`, steps }));
  await database.db.collection("recipes").insertMany(recipes);
}

async function bytesOf({ household }: Home): Promise<number> {
  const sizes = await database.db
    .collection("recipes")
    .aggregate<{ bytes: number }>([
      { $match: { householdId: new ObjectId(household._id) } },
      { $group: { _id: null, bytes: { $sum: { $bsonSize: "$$ROOT" } } } },
    ])
    .toArray();
  return sizes[0]?.bytes ?? 0;
}

test("the recipes of a household take no more than their share, one by one, at once, or by growing", async () => {
  const home = await makeHome(stack.url);
  await fill(home, 3);
  const small = await home.owner.json<Recipe>("POST", "/api/recipes", { title: "Toast" });
  const all = await Promise.all(
    [1, 2, 3, 4, 5, 6].map(() => home.owner.request("POST", "/api/recipes", HUGE)),
  );
  for (const answer of all.filter(({ ok }) => !ok)) await expectProblem(answer, "limit-reached");
  expect(await bytesOf(home)).toBeLessThanOrEqual(QUOTAS.recipeBytesOfHousehold);
  await fillUp(home);
  const grown = await home.owner.request("PATCH", `/api/recipes/${small._id}`, { steps: HUGE.steps });
  await expectProblem(grown, "limit-reached");
  expect(await bytesOf(home)).toBeLessThanOrEqual(QUOTAS.recipeBytesOfHousehold);
  await home.owner.json("PATCH", `/api/recipes/${small._id}`, { title: "Tea" });
});

/** Adds until there is no room for one more. */
async function fillUp(home: Home): Promise<void> {
  while ((await home.owner.request("POST", "/api/recipes", HUGE)).ok);
}

test("a household keeps a thousand recipes, and one that is there is answered when it is sent again", async () => {
  const home = await makeHome(stack.url);
  const householdId = new ObjectId(home.household._id);
  const last = { _id: new ObjectId().toHexString(), title: "The last" };
  const recipes = Array.from({ length: QUOTAS.recipesOfHousehold - 1 }, () => ({ householdId, title: "x" }));
  await database.db.collection("recipes").insertMany(recipes);
  expect((await home.owner.request("POST", "/api/recipes", last)).status).toBe(201);
  await expectProblem(await home.owner.request("POST", "/api/recipes", { title: "More" }), "limit-reached");
  expect((await home.owner.request("POST", "/api/recipes", last)).status).toBe(201);
});

test("nobody has more households than their share, however many they make at once", async () => {
  const ada = await register(stack.url);
  const members = [{ userId: new ObjectId(ada.user._id), name: "Ada", role: "owner" }];
  const made = Array.from({ length: QUOTAS.householdsOfUser - 2 }, () => ({ name: "x", members }));
  await database.db.collection("households").insertMany(made);
  const all = await Promise.all(
    Array.from({ length: 6 }, () => ada.request("POST", "/api/households", { name: "One more" })),
  );
  for (const answer of all.filter(({ ok }) => !ok)) await expectProblem(answer, "limit-reached");
  const mine = await ada.json<Household[]>("GET", "/api/households");
  expect(mine.length).toBeLessThanOrEqual(QUOTAS.householdsOfUser);
  const plans = await database.db.collection("mealplans").countDocuments({
    memberIds: new ObjectId(ada.user._id),
  });
  expect(plans).toBe(mine.length - made.length);
});
