import { ObjectId } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";

import type { MealPlan } from "../../protocol/mealPlan.ts";
import { QUOTAS } from "../../protocol/quotas.ts";
import type { Recipe } from "../../protocol/recipe.ts";
import type { ShoppingLine } from "../../protocol/shoppingList.ts";
import { weekAfter } from "../../protocol/week.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { heldField } from "../support/heldItems.ts";
import { type Home, join, makeHome, type Person } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { StreamReader } from "../support/streamReader.ts";

let stack: Stack;
let database: DatabaseView;
let home: Home;
let ada: Person;
let grace: Person;
let list: string;

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
  list = `/api/households/${home.household._id}/list`;
});

type Amount = readonly [quantity: number | null, unit: string, name: string];

/** Adds a recipe for four. */
function recipe(title: string, ...amounts: readonly Amount[]): Promise<Recipe> {
  const ingredients = amounts.map(([quantity, unit, name]) => ({ quantity, unit, name }));
  return ada.json<Recipe>("POST", "/api/recipes", { title, servings: 4, ingredients });
}

/** Plans a recipe. Answers the dish's address. */
async function plan({ _id }: Recipe, servings = 4, planId = home.plan._id): Promise<string> {
  const entryId = new ObjectId().toHexString();
  const body = { _id: entryId, day: "monday", meal: "dinner", recipeId: _id, servings };
  await ada.json("POST", `/api/mealplans/${planId}/entries`, body);
  return `/api/mealplans/${planId}/entries/${entryId}`;
}

/** A hundred things, and no more than that. */
function hundred(first: number): readonly Amount[] {
  return Array.from({ length: 100 }, (_, index): Amount => [index + 1, "g", `thing ${first + index}`]);
}

async function make(person = ada, planId = home.plan._id): Promise<readonly ShoppingLine[]> {
  const path = `${list}/from-plan`;
  return (await person.json<{ lines: readonly ShoppingLine[] }>("POST", path, { planId })).lines;
}

/** What is on the list, as anybody reads it. */
async function lines(): Promise<readonly ShoppingLine[]> {
  const headers = { cookie: ada.cookie, accept: "application/json" };
  const answer = await fetch(`${stack.url}/api/streams/lists/${home.household._id}`, { headers });
  const { items } = (await answer.json()) as { readonly items: readonly ShoppingLine[] };
  return items.toSorted((one, other) => (one.text < other.text ? -1 : 1));
}

async function texts(): Promise<readonly string[]> {
  return stored().then((found) =>
    found.map((line) => `${line["done"] ? "✓ " : ""}${line["text"]}`).toSorted(),
  );
}

function stored() {
  const householdId = new ObjectId(home.household._id);
  return database.db.collection("lists").find({ householdId }).toArray();
}

async function tick(text: string, done = true): Promise<void> {
  const line = (await stored()).find((one) => one["text"] === text);
  await ada.json("PATCH", `${list}/${String(line?._id)}`, { done });
}

describe("a list that is made from a plan", () => {
  test("sums what the dishes need, for as many as they are planned for, and says which dishes those are", async () => {
    await plan(await recipe("Soup", [1, "", "onion"], [500, "g", "carrots"], [null, "", "some salt"]), 2);
    await plan(await recipe("Stew", [3, "", "onions"], [1, "kg", "carrots"], [2, "tbsp", "oil"]), 8);
    await make();
    const found = await lines();
    expect(found.map(({ text, dishes, aisle }) => [text, dishes, aisle])).toEqual([
      ["2.25 kg carrots", ["Soup", "Stew"], "Fruit and veg"],
      ["4 tbsp oil", ["Stew"], "Spices and oils"],
      ["6½ onions", ["Soup", "Stew"], "Fruit and veg"],
      ["some salt", ["Soup"], "Spices and oils"],
    ]);
    expect(found[0]).toMatchObject({
      quantity: 2.25,
      unit: "kg",
      name: "carrots",
      done: false,
      doneBy: null,
    });
  });

  test("has nothing of what is always in the pantry", async () => {
    await ada.json("PATCH", `/api/households/${home.household._id}`, { staples: ["Salt", "olive oils"] });
    await plan(await recipe("Soup", [5, "g", "salt"], [1, "tbsp", "olive oil"], [1, "", "leek"]));
    await make();
    expect(await texts()).toEqual(["1 leek"]);
  });

  test("puts things where the household has put them before", async () => {
    const { _id } = await ada.json<ShoppingLine>("POST", list, { text: "honey" });
    await ada.json("PATCH", `${list}/${_id}`, { aisle: "Breakfast" });
    await plan(await recipe("Cake", [200, "g", "honey"]));
    expect(await make()).toMatchObject([{ text: "200 g honey", aisle: "Breakfast" }]);
  });

  test("changes nothing when it is made again, and says so", async () => {
    await plan(await recipe("Soup", [1, "", "onion"], [null, "", "2-3 leeks"]));
    expect(await make()).toHaveLength(2);
    const before = await stored();
    expect(await make()).toEqual([]);
    expect(await stored()).toEqual(before);
  });

  test("loses what a dish that was taken off needed, and keeps what others need", async () => {
    const soup = await plan(await recipe("Soup", [1, "", "onion"], [2, "", "leeks"]));
    await plan(await recipe("Stew", [3, "", "onions"]));
    await make();
    await ada.json("DELETE", soup);
    await make();
    expect(await texts()).toEqual(["3 onions"]);
    expect((await lines())[0]?.dishes).toEqual(["Stew"]);
  });

  test("adds up with that of another week, and each follows its own plan", async () => {
    const week = weekAfter(home.plan.week, 1);
    const path = `/api/households/${home.household._id}/mealplans?week=${week}`;
    const next = await ada.json<MealPlan>("GET", path);
    const soup = await recipe("Soup", [1, "", "onion"], [null, "", "some salt"]);
    const dish = await plan(soup);
    await plan(soup, 8, next._id);
    await make();
    await make(ada, next._id);
    expect(await texts()).toEqual(["3 onions", "some salt"]);
    await ada.json("DELETE", dish);
    await make();
    expect(await texts()).toEqual(["2 onions", "some salt"]);
  });
});

describe("what people did to the list stays", () => {
  test("a ticked line is not unticked, nor made larger: what goes beyond it is a line of its own", async () => {
    const soup = await recipe("Soup", [300, "g", "carrots"]);
    await plan(soup);
    await make();
    await tick("300 g carrots");
    expect(await make()).toEqual([]);
    await plan(soup, 8);
    expect(await make()).toMatchObject([{ text: "600 g carrots", done: false }]);
    expect(await texts()).toEqual(["600 g carrots", "✓ 300 g carrots"]);
  });

  test("what was bought and cleared away is not asked for again, what was taken off unticked is", async () => {
    await plan(await recipe("Soup", [1, "", "onion"], [2, "", "leeks"]));
    await make();
    await tick("1 onion");
    for (const { _id } of await stored()) await ada.json("DELETE", `${list}/${_id}`);
    await make();
    expect(await texts()).toEqual(["2 leeks"]);
  });

  test("what somebody wrote himself is beside what the plan needs, and never goes", async () => {
    await ada.json("POST", list, { text: "onions" });
    const dish = await plan(await recipe("Soup", [2, "", "onions"]));
    await make();
    expect(await texts()).toEqual(["2 onions", "onions"]);
    await ada.json("DELETE", dish);
    await make();
    expect(await texts()).toEqual(["onions"]);
  });

  test("a line that somebody wrote anew is left as he wrote it", async () => {
    const dish = await plan(await recipe("Soup", [2, "", "onions"]));
    const [line] = await make();
    await ada.json("PATCH", `${list}/${line?._id}`, { text: "a net of onions" });
    expect(await make()).toEqual([]);
    await ada.json("DELETE", dish);
    await make();
    expect(await texts()).toEqual(["a net of onions"]);
  });

  test("an aisle that a line was moved to is still its own when its amount changes", async () => {
    const soup = await recipe("Soup", [2, "", "onions"]);
    await plan(soup);
    const [line] = await make();
    await ada.json("PATCH", `${list}/${line?._id}`, { aisle: "Market" });
    await plan(soup);
    expect(await make()).toMatchObject([{ _id: line?._id, text: "4 onions", aisle: "Market" }]);
  });
});

test.each([{ done: true }, { done: false }])(
  "a line that is taken off and brought back is what it was ($done), for whoever makes the list again too",
  async ({ done }) => {
    await plan(await recipe("Onion soup", [3, "", "onions"], [1, "l", "stock"]));
    await make();
    const onions = (await lines()).find(({ name }) => name === "onions");
    const path = `${list}/${onions?._id}`;
    const ticked = await ada.json<ShoppingLine>("PATCH", path, { done });
    await ada.json("DELETE", path);
    const { _id, text, aisle } = ticked;
    const again = await ada.json<ShoppingLine>("POST", list, { _id, text, aisle });
    expect(again).toMatchObject({ _id, done, doneBy: ticked.doneBy, dishes: ["Onion soup"], quantity: 3 });
    expect(again.createdAt).toBe(ticked.createdAt);
    const before = await texts();
    await make();
    expect(await texts()).toEqual(before);
    await plan(await recipe("Salad", [1, "", "onions"]));
    await make();
    expect(await texts()).toEqual(done ? [...before, "1 onion"].toSorted() : ["1 l stock", "4 onions"]);
  },
);

test("two people who make it at the same time have no line twice", async () => {
  grace = await join(home, "Grace");
  await plan(await recipe("Soup", [1, "", "onion"], [2, "", "leeks"], [null, "", "some salt"]));
  await Promise.all([make(ada), make(grace), make(ada), make(grace)]);
  expect(await texts()).toEqual(["1 onion", "2 leeks", "some salt"]);
});

test("another member sees it at once, without what plan asked for how much", async () => {
  grace = await join(home, "Grace");
  const url = `${stack.url}/api/streams/lists/${home.household._id}`;
  const reader = await StreamReader.open(url, { headers: { cookie: grace.cookie } });
  onTestFinished(() => reader.close());
  await reader.untilEvent("live");
  const dish = await plan(await recipe("Soup", [1, "", "onion"]));
  const [line] = await make();
  await expect.poll(() => heldField(reader.events, "text")).toEqual(["1 onion"]);
  expect(Object.keys(reader.latest as object).toSorted()).toEqual(Object.keys(line ?? {}).toSorted());
  await ada.json("DELETE", dish);
  await make();
  await expect.poll(() => heldField(reader.events, "text")).toEqual([]);
});

test("a key that was sent before changes nothing, whatever came since", async () => {
  await plan(await recipe("Soup", [1, "", "onion"]));
  const headers = { cookie: ada.cookie, "content-type": "application/json", "idempotency-key": "made-once" };
  const body = JSON.stringify({ planId: home.plan._id });
  const again = () => fetch(`${stack.url}${list}/from-plan`, { method: "POST", headers, body });
  expect((await again()).status).toBe(200);
  const [line] = await stored();
  await ada.json("DELETE", `${list}/${String(line?._id)}`);
  expect(await (await again()).json()).toEqual({ lines: [] });
  expect(await texts()).toEqual([]);
});

test("the plan of another household is not found, nor is a list from it made", async () => {
  const other = await makeHome(stack.url, "Eve");
  const body = { planId: other.plan._id };
  await expectProblem(await ada.request("POST", `${list}/from-plan`, body), "not-found");
  const theirs = `/api/households/${other.household._id}/list/from-plan`;
  await expectProblem(await ada.request("POST", theirs, body), "not-found");
  expect(await stored()).toEqual([]);
});

test("a plan of 28 dishes with 100 ingredients each makes its list, and one that needs too much changes nothing", async () => {
  const feast = await recipe("Feast", ...hundred(0));
  const others = await Promise.all(
    [100, 200, 300, 400].map((first) => recipe(`Feast ${first}`, ...hundred(first))),
  );
  for (let count = 0; count < 28; count++) await plan(feast);
  expect(await make()).toHaveLength(100);
  const before = await stored();
  await Promise.all(others.map((other) => plan(other)));
  await ada.json("POST", list, { text: "one line too many" });
  expect(before).toHaveLength(100);
  await expectProblem(
    await ada.request("POST", `${list}/from-plan`, { planId: home.plan._id }),
    "limit-reached",
  );
  expect(await texts()).toHaveLength(101);
  expect(QUOTAS.linesOfHousehold).toBe(500);
});

test("odd documents in the recipes, the plan and the list are left alone, and the rest is made", async () => {
  const soup = await recipe("Soup", [1, "", "onion"]);
  await plan(soup);
  const [plans, recipes] = [database.db.collection("mealplans"), database.db.collection("recipes")];
  const odd = [7, { recipeId: soup._id, servings: "many" }, { recipeId: "none" }, null];
  await plans.updateOne({ _id: new ObjectId(home.plan._id) }, {
    $push: { entries: { $each: odd } },
  } as object);
  await recipes.updateOne({ _id: new ObjectId(soup._id) }, {
    $push: { ingredients: { $each: ["parsley", 7, { quantity: "x" }] } },
  } as object);
  const householdId = new ObjectId(home.household._id);
  await database.db.collection("lists").insertOne({ householdId, key: " of onion", shares: "all", done: 1 });
  await make();
  expect(await texts()).toEqual(["2 onions", "parsley", "✓ undefined"]);
});
