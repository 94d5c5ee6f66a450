import { Double, Long, ObjectId } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import type { Household } from "../../protocol/household.ts";
import type { EntryFields, MealPlan } from "../../protocol/mealPlan.ts";
import type { Recipe } from "../../protocol/recipe.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { type Home, join, makeHome, type Person } from "../support/people.ts";
import { holdWrites } from "../support/holdWrites.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack } from "../support/stack.ts";

let stack: Stack;
let database: DatabaseView;
let home: Home;
let ada: Person;
let grace: Person;
let entryPath: string;

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
  const path = `/api/mealplans/${home.plan._id}/entries`;
  const wish = { day: "monday", meal: "dinner", title: "Soup", servings: 2, note: "hot" };
  const { entries } = await ada.json<MealPlan>("POST", path, wish);
  entryPath = `${path}/${entries[0]?._id}`;
});

async function soup(): Promise<EntryFields | undefined> {
  return (await ada.json<MealPlan>("GET", `/api/mealplans/${home.plan._id}`)).entries[0];
}

/** What a person types into the stored dish with mongosh. */
async function typeByHand(update: Record<string, Record<string, unknown>>): Promise<void> {
  await database.db.collection("mealplans").updateOne({ _id: new ObjectId(home.plan._id) }, update);
}

describe("a dish", () => {
  test("that somebody else renamed keeps that name, and the answer tells what it is now", async () => {
    await grace.json("PATCH", entryPath, { title: "Broth" });
    const before = await database.everything();
    const patch = { title: "Stew", servings: 9, was: { title: "Soup", servings: 2 } };
    const problem = await expectProblem(await ada.request("PATCH", entryPath, patch), "changed-meanwhile");
    expect(problem.current).toEqual(await soup());
    expect(problem.current).toMatchObject({ title: "Broth", servings: 2 });
    expect(await database.everything()).toBe(before);
  });

  test("of which two people change different fields has both changes", async () => {
    await grace.json("PATCH", entryPath, { note: "with bread", was: { note: "hot" } });
    await ada.json("PATCH", entryPath, { title: "Stew", was: { title: "Soup" } });
    expect(await soup()).toMatchObject({ title: "Stew", note: "with bread" });
  });

  test("that both changed alike is no conflict", async () => {
    for (const person of [grace, ada, ada])
      await person.json("PATCH", entryPath, { title: "Stew", was: { title: "Soup" } });
    expect(await soup()).toMatchObject({ title: "Stew" });
  });

  test("is overwritten in the fields of which nobody says what they were", async () => {
    await grace.json("PATCH", entryPath, { title: "Broth", servings: 3 });
    await ada.json("PATCH", entryPath, { title: "Stew", note: "cold", was: { note: "hot" } });
    expect(await soup()).toMatchObject({ title: "Stew", servings: 3, note: "cold" });
  });

  test("renamed by many at once, who all saw the same, is renamed by one of them", async () => {
    const names = ["Broth", "Stew", "Chowder"];
    await holdWrites(database.db, names.length);
    const answers = await Promise.all(
      names.map((title, index) =>
        (index % 2 ? ada : grace).request("PATCH", entryPath, { title, was: { title: "Soup" } }),
      ),
    );
    const won = names.filter((_, index) => answers[index]?.ok);
    expect(won).toHaveLength(1);
    expect(await soup()).toMatchObject({ title: won[0] });
    for (const answer of answers.filter(({ ok }) => !ok)) await expectProblem(answer, "changed-meanwhile");
  });

  test("renamed by many at once, of whom nobody says what it was, is renamed by all", async () => {
    const names = Array.from({ length: 25 }, (_, number) => `Name ${number}`);
    await Promise.all(names.map((title) => ada.json("PATCH", entryPath, { title })));
    expect(names).toContain((await soup())?.title);
  });

  test("typed by hand is compared as people see it", async () => {
    await typeByHand({
      $set: { "entries.0.title": " Crème".normalize("NFD"), "entries.0.servings": Long.fromNumber(5) },
      $unset: { "entries.0.note": "" },
    });
    const seen = { title: "Crème".normalize("NFC"), servings: 5, note: "" };
    await ada.json("PATCH", entryPath, { title: "Cake", servings: 6, note: "sweet", was: seen });
    expect(await soup()).toMatchObject({ title: "Cake", servings: 6, note: "sweet" });
    await typeByHand({ $set: { "entries.0.servings": new Double(7), "entries.0.note": null } });
    await ada.json("PATCH", entryPath, { servings: 8, note: "good", was: { servings: 7, note: "" } });
    expect(await soup()).toMatchObject({ servings: 8, note: "good" });
    await typeByHand({ $set: { "entries.0.title": { en: "Soup" }, "entries.0.servings": "many" } });
    const wrong = { title: "Stew", was: { title: "Cake" } };
    const problem = await expectProblem(await ada.request("PATCH", entryPath, wrong), "changed-meanwhile");
    expect(problem.current).toMatchObject({ title: { en: "Soup" }, servings: "many" });
    await ada.json("PATCH", entryPath, { title: "Stew" });
    expect(await soup()).toMatchObject({ title: "Stew" });
  });

  test("that is gone is not found, whatever was seen of it", async () => {
    await grace.json("DELETE", entryPath);
    const patch = { title: "Stew", was: { title: "Soup" } };
    await expectProblem(await ada.request("PATCH", entryPath, patch), "not-found");
  });
});

describe("what was seen", () => {
  test("is checked like the field itself, and names only what is changed", async () => {
    const before = await database.everything();
    const cases: readonly (readonly [object, string])[] = [
      [{ title: "Stew", was: { note: "hot" } }, "was.note"],
      [{ title: "Stew", was: { title: { $gt: "" } } }, "was.title"],
      [{ title: "Stew", was: { title: null } }, "was.title"],
      [{ title: "Stew", was: { title: "x".repeat(201) } }, "was.title"],
      [{ servings: 3, was: { servings: "2" } }, "was.servings"],
      [{ day: "friday", was: { day: "someday" } }, "was.day"],
      [{ title: "Stew", was: { title: "Soup", $where: "1" } }, "was"],
      [{ title: "Stew", was: "Soup" }, "was"],
      [{ title: "Stew", was: ["Soup"] }, "was"],
      [{ title: "Stew", was: null }, "was"],
      [{ was: { title: "Soup" } }, ""],
    ];
    for (const [body, path] of cases) {
      const what = JSON.stringify(body).slice(0, 80);
      const problem = await expectProblem(await ada.request("PATCH", entryPath, body), "invalid-body", what);
      expect(
        problem.fields?.map((field) => field.path),
        what,
      ).toContain(path);
    }
    expect(await database.everything()).toBe(before);
  });

  test("does not reach into the prototype of anything", async () => {
    const text = '{"title":"Stew","was":{"__proto__":{"title":"Soup"},"title":"Soup"}}';
    const headers = { cookie: ada.cookie, "content-type": "application/json" };
    const answer = await fetch(stack.url + entryPath, { method: "PATCH", headers, body: text });
    expect([200, 400]).toContain(answer.status);
    for (const name of ["constructor", "toString", "hasOwnProperty"]) {
      const body = { title: "Stew", was: { [name]: "Soup" } };
      await expectProblem(await ada.request("PATCH", entryPath, body), "invalid-body", name);
    }
  });

  test("tells a stranger nothing", async () => {
    const { owner: stranger } = await makeHome(stack.url, "Mallory");
    const patch = { title: "Mine", was: { title: "not Soup" } };
    await expectProblem(await stranger.request("PATCH", entryPath, patch), "not-found");
    const household = `/api/households/${home.household._id}`;
    await expectProblem(
      await stranger.request("PATCH", household, { name: "Mine", was: { name: "no" } }),
      "not-found",
    );
  });
});

describe("a recipe", () => {
  const lines = ["Chop", "Fry", "Serve"];
  let recipePath: string;
  let recipe: Recipe;

  beforeEach(async () => {
    const ingredients = [{ quantity: 2, unit: "", name: "onions" }];
    recipe = await ada.json<Recipe>("POST", "/api/recipes", { title: "Stew", steps: lines, ingredients });
    recipePath = `/api/recipes/${recipe._id}`;
  });

  test("that somebody else renamed keeps that name, and nothing of the change is stored", async () => {
    const renamed = await grace.json<Recipe>("PATCH", recipePath, { title: "Ragout" });
    const patch = { title: "Goulash", steps: [...lines, "Eat"], was: { title: "Stew", steps: lines } };
    const problem = await expectProblem(await ada.request("PATCH", recipePath, patch), "changed-meanwhile");
    expect(problem.current).toEqual(renamed);
    expect(await ada.json<Recipe>("GET", recipePath)).toEqual(renamed);
  });

  test("has the steps and the ingredients that two people added and changed", async () => {
    const { ingredients } = recipe;
    const [salt, oil] = [
      { quantity: null, unit: "", name: "salt" },
      { quantity: 1, unit: "tbsp", name: "oil" },
    ];
    await grace.json("PATCH", recipePath, {
      steps: ["Peel", ...lines],
      ingredients: [...ingredients, salt],
      was: { steps: lines, ingredients },
    });
    const merged = await ada.json<Recipe>("PATCH", recipePath, {
      steps: ["Chop", "Fry long", "Serve"],
      ingredients: [...ingredients, oil],
      was: { steps: lines, ingredients },
    });
    expect(merged.steps).toEqual(["Peel", "Chop", "Fry long", "Serve"]);
    expect(merged.ingredients).toEqual([...ingredients, salt, oil]);
    expect(await grace.json<Recipe>("GET", recipePath)).toEqual(merged);
  });

  test("of which two people changed one line differently is left as the first had it", async () => {
    const first = ["Chop", "Fry gently", "Serve"];
    await grace.json("PATCH", recipePath, { steps: first, was: { steps: lines } });
    const patch = { title: "Goulash", steps: ["Chop", "Boil", "Serve"], was: { steps: lines } };
    const problem = await expectProblem(await ada.request("PATCH", recipePath, patch), "changed-meanwhile");
    expect(problem.current).toMatchObject({ title: "Stew", steps: first });
    expect(await ada.json<Recipe>("GET", recipePath)).toMatchObject({ title: "Stew", steps: first });
  });

  test("to which many add a step at once has all of them", async () => {
    const added = Array.from({ length: 10 }, (_, number) => `Step ${number}`);
    await holdWrites(database.db, 3);
    await Promise.all(
      added.map((step) => ada.json("PATCH", recipePath, { steps: [...lines, step], was: { steps: lines } })),
    );
    const { steps } = await ada.json<Recipe>("GET", recipePath);
    expect(steps.slice(0, 3)).toEqual(lines);
    expect(steps.toSorted()).toEqual([...lines, ...added].toSorted());
  });

  test("has no room for the lines of both when they are more than a hundred", async () => {
    const many = (who: string) => [...lines, ...Array.from({ length: 60 }, (_, line) => `${who} ${line}`)];
    await grace.json("PATCH", recipePath, { steps: many("Grace"), was: { steps: lines } });
    const patch = { steps: many("Ada"), was: { steps: lines } };
    await expectProblem(await ada.request("PATCH", recipePath, patch), "limit-reached");
    expect((await ada.json<Recipe>("GET", recipePath)).steps).toEqual(many("Grace"));
  });

  test("typed by hand is merged as people see it", async () => {
    const recipes = database.db.collection("recipes");
    await recipes.updateOne(
      { _id: new ObjectId(recipe._id) },
      {
        $set: { ingredients: ["two eggs", { name: "milk", quantity: 0.25 }], steps: null },
        $unset: { tags: "" },
      },
    );
    const { ingredients, steps, tags } = await ada.json<Recipe>("GET", recipePath);
    const patch = {
      ingredients: [...ingredients, { name: "flour" }],
      steps: ["Mix"],
      tags: ["sweet"],
      was: { ingredients, steps, tags },
    };
    const merged = await ada.json<Recipe>("PATCH", recipePath, patch);
    expect(merged.ingredients.map(({ name }) => name)).toEqual(["two eggs", "milk", "flour"]);
    expect(merged).toMatchObject({ steps: ["Mix"], tags: ["sweet"] });
  });
});

test("a household that two people rename has the first name, and the second is told", async () => {
  const path = `/api/households/${home.household._id}`;
  const { name } = home.household;
  const first = await ada.json<Household>("PATCH", path, { name: "Villa", was: { name } });
  const problem = await expectProblem(
    await ada.request("PATCH", path, { name: "Cabin", was: { name } }),
    "changed-meanwhile",
  );
  expect(problem.current).toEqual(first);
  const many = ["A", "B", "C"].map((next) => ({ name: next, was: { name: "Villa" } }));
  await holdWrites(database.db, many.length);
  const answers = await Promise.all(many.map((patch) => ada.request("PATCH", path, patch)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
});
