import { BSONRegExp, ObjectId } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { MealPlan } from "../../protocol/mealPlan.ts";
import type { Recipe } from "../../protocol/recipe.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { type Home, join, makeHome } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack } from "../support/stack.ts";

let stack: Stack;
let database: DatabaseView;
let home: Home;

beforeAll(async () => {
  stack = await startStack();
  database = new DatabaseView(stack.mongoUri);
  home = await makeHome(stack.url);
});

afterAll(async () => {
  await database.close();
  await stack.stop();
});

test("a recipe is kept as it was written, by every member of the household", async () => {
  const written = {
    title: "Onion soup",
    servings: 2,
    ingredients: [
      { quantity: 0.5, unit: "kg", name: "onions" },
      { quantity: null, unit: "", name: "salt" },
    ],
    steps: ["Cut", "Cook"],
    tags: ["soup"],
    image: "https://example.com/soup.jpg",
    source: "Grandmother’s book",
  };
  const made = await home.owner.json<Recipe>("POST", "/api/recipes", written);
  expect(made).toMatchObject({ ...written, householdId: home.household._id });
  const member = await join(home, "Grace");
  expect(await member.json<Recipe>("GET", `/api/recipes/${made._id}`)).toEqual(made);
  expect(await member.json<Recipe[]>("GET", "/api/recipes")).toContainEqual(made);
});

test("an ingredient that is sent as it was written is kept so, with what was read of it", async () => {
  const ingredients = ["1½ cups flour, sifted", "2-3 onions", "some salt"].map((text) => ({ text }));
  const made = await home.owner.json<Recipe>("POST", "/api/recipes", { title: "Tart", ingredients });
  expect(made.ingredients).toEqual([
    { quantity: 1.5, unit: "cups", name: "flour, sifted", text: "1½ cups flour, sifted" },
    { quantity: null, unit: "", name: "onions", text: "2-3 onions" },
    { quantity: null, unit: "", name: "salt", text: "some salt" },
  ]);
  const more = { ingredients: [...ingredients, { text: "2 eggs" }], was: { ingredients } };
  const changed = await home.owner.json<Recipe>("PATCH", `/api/recipes/${made._id}`, more);
  expect(changed.ingredients.map(({ text }) => text)).toEqual([
    ...ingredients.map(({ text }) => text),
    "2 eggs",
  ]);
  for (const bad of [{}, { text: "" }, { text: "2 eggs", quantity: 2 }, { text: 2 }]) {
    const wish = { title: "Tart", ingredients: [bad] };
    await expectProblem(await home.owner.request("POST", "/api/recipes", wish), "invalid-body");
  }
});

test("what is left out gets a default", async () => {
  const made = await home.owner.json<Recipe>("POST", "/api/recipes", { title: "Toast" });
  expect(made).toMatchObject({
    servings: 4,
    ingredients: [],
    steps: [],
    tags: [],
    image: null,
    source: null,
  });
});

test("recipes beyond all measure do not take the list away from their household", async () => {
  const glutton = await makeHome(stack.url, "Gulliver");
  const [householdId, steps] = [new ObjectId(glutton.household._id), ["x".repeat(250_000)]];
  const recipes = Array.from({ length: 160 }, (_, number) => ({ householdId, title: `${number}`, steps }));
  await database.db.collection("recipes").insertMany(recipes);
  const listed = await glutton.owner.json<Recipe[]>("GET", "/api/recipes");
  expect(listed.map(({ title }) => title)).toContain("159");
  expect(listed.length).toBeLessThan(recipes.length);
});

test("a change leaves the other fields alone", async () => {
  const made = await home.owner.json<Recipe>("POST", "/api/recipes", { title: "Stew", tags: ["slow"] });
  const changed = await home.owner.json<Recipe>("PATCH", `/api/recipes/${made._id}`, { servings: 9 });
  expect(changed).toEqual({
    ...made,
    servings: 9,
    updatedAt: changed.updatedAt,
    changedAt: changed.updatedAt,
  });
  expect(Date.parse(changed.updatedAt)).toBeGreaterThanOrEqual(Date.parse(made.updatedAt));
  expect(await home.owner.json<Recipe>("GET", `/api/recipes/${made._id}`)).toEqual(changed);
});

test("sending a new recipe twice keeps it once", async () => {
  const wish = { _id: new ObjectId().toString(), title: "Pancakes" };
  const first = await home.owner.json<Recipe>("POST", "/api/recipes", wish);
  expect(await home.owner.json<Recipe>("POST", "/api/recipes", wish)).toEqual(first);
  const all = await home.owner.json<Recipe[]>("GET", "/api/recipes");
  expect(all.filter(({ title }) => title === "Pancakes")).toHaveLength(1);
});

test("whoever has two households says which one a recipe is for", async () => {
  const both = await makeHome(stack.url, "Both");
  const second = await both.owner.json<{ _id: string }>("POST", "/api/households", { name: "Second" });
  const problem = await expectProblem(
    await both.owner.request("POST", "/api/recipes", { title: "Pie" }),
    "invalid-body",
  );
  expect(problem.fields?.[0]?.path).toBe("householdId");
  const wish = { title: "Pie", householdId: second._id };
  expect((await both.owner.json<Recipe>("POST", "/api/recipes", wish)).householdId).toBe(second._id);
});

test("a removed recipe leaves its dishes on the plan", async () => {
  const made = await home.owner.json<Recipe>("POST", "/api/recipes", { title: "Curry" });
  const entries = `/api/mealplans/${home.plan._id}/entries`;
  await home.owner.json("POST", entries, { day: "friday", meal: "dinner", recipeId: made._id });
  expect((await home.owner.request("DELETE", `/api/recipes/${made._id}`)).status).toBe(204);
  await expectProblem(await home.owner.request("GET", `/api/recipes/${made._id}`), "not-found");
  const plan = await home.owner.json<MealPlan>("GET", `/api/mealplans/${home.plan._id}`);
  expect(plan.entries).toContainEqual(expect.objectContaining({ title: "Curry", recipeId: made._id }));
});

test("a recipe typed by hand is shown as far as it makes sense", async () => {
  const _id = new ObjectId();
  await database.db.collection("recipes").insertOne({
    _id,
    householdId: new ObjectId(home.household._id),
    title: "By hand",
    servings: "some",
    ingredients: ["two eggs", { name: "milk", quantity: 0.25 }, 17, null],
    steps: "just mix",
    secret: new BSONRegExp("(?i)["),
  });
  const shown = await home.owner.json<Recipe>("GET", `/api/recipes/${_id.toString()}`);
  expect(shown.title).toBe("By hand");
  expect(shown.ingredients).toEqual([
    { quantity: null, unit: "", name: "two eggs" },
    { quantity: 0.25, unit: "", name: "milk" },
    { quantity: null, unit: "", name: "" },
    { quantity: null, unit: "", name: "" },
  ]);
  expect(shown.steps).toEqual([]);
  expect(await home.owner.json<Recipe[]>("GET", "/api/recipes")).toContainEqual(shown);
});
