import { ObjectId } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";

import { databaseFor } from "../../protocol/databaseFor.ts";
import type { Recipe } from "../../protocol/recipe.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { makeHome, type Person } from "../support/people.ts";
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

/** Makes the database slow to read recipes, and nothing else; `0` makes it quick again. */
async function delayRecipes(blockTimeMS: number): Promise<void> {
  await database.db.admin().command({
    configureFailPoint: "failCommand",
    mode: blockTimeMS === 0 ? "off" : "alwaysOn",
    data: { failCommands: ["find"], namespace: "mealcast.recipes", blockConnection: true, blockTimeMS },
  });
}

/** Somebody with a cookbook of so many recipes, each of so many letters. */
async function cook(count: number, letters: number): Promise<Person> {
  const { owner, household } = await makeHome(stack.url, "Julia");
  const [householdId, steps] = [new ObjectId(household._id), ["x".repeat(letters)]];
  const recipes = Array.from({ length: count }, (_, number) => ({ householdId, title: `${number}`, steps }));
  await database.db.collection("recipes").insertMany(recipes);
  return owner;
}

test("sixty long lists of a slow database keep nobody's small question from being answered", async () => {
  const owner = await cook(30, 250_000);
  await delayRecipes(3_000);
  const lists = Array.from({ length: 60 }, () => owner.request("GET", "/api/recipes"));
  for (let asked = 0; asked < 20; asked++)
    expect((await owner.request("GET", "/api/households")).status).toBe(200);
  await delayRecipes(0);
  const answers = await Promise.all(lists);
  expect(answers.some(({ ok }) => ok)).toBe(true);
  for (const answer of answers) {
    if (answer.ok) expect((await answer.json()) as Recipe[]).toHaveLength(30);
    else await expectProblem(answer, "database-unavailable");
  }
  expect((await owner.request("GET", "/api/recipes")).status).toBe(200);
});

test("however many long lists somebody asks for, another cook's list comes soon", async () => {
  const greedy = await cook(3, 100);
  const other = await besides(greedy);
  await delayRecipes(2_000);
  const lists = Array.from({ length: 40 }, (_, index) =>
    greedy.request("GET", `/api/recipes?limit=${index + 1}`),
  );
  await Promise.race(lists);
  expect((await other.request("GET", "/api/recipes")).status).toBe(200);
  await delayRecipes(0);
  await Promise.all(lists);
});

/** The object that asks the database for a user. */
function objectOf({ user }: Person): string {
  return databaseFor({ DATABASES: { getByName: (name: string) => name } }, user._id);
}

/** Another cook, for whom the same object asks. */
async function besides(person: Person): Promise<Person> {
  const other = await cook(3, 100);
  return objectOf(other) === objectOf(person) ? other : besides(person);
}

/** Reads all pages of a list, as their links tell. */
async function pagesOf(person: Person, path: string): Promise<readonly (readonly Recipe[])[]> {
  const answer = await person.request("GET", path);
  expect(answer.status).toBe(200);
  const recipes = (await answer.json()) as readonly Recipe[];
  const [, next] = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get("link") ?? "") ?? [];
  return next === undefined ? [recipes] : [recipes, ...(await pagesOf(person, next))];
}

test("a list in pages has every recipe once, the newest first", async () => {
  const owner = await cook(25, 10);
  const pages = await pagesOf(owner, "/api/recipes?limit=10");
  expect(pages.map(({ length }) => length)).toEqual([10, 10, 5]);
  const ids = pages.flat().map(({ _id }) => _id);
  expect(ids).toEqual(ids.toSorted().toReversed());
  const all = await owner.json<Recipe[]>("GET", "/api/recipes");
  expect(ids.toSorted()).toEqual(all.map(({ _id }) => _id).toSorted());
});

test("what a list leaves out because it is too much stands on its next pages", async () => {
  const owner = await cook(40, 250_000);
  const pages = await pagesOf(owner, "/api/recipes");
  expect(pages.length).toBeGreaterThan(1);
  const titles = pages.flat().map(({ title }) => title);
  expect(new Set(titles).size).toBe(40);
});

test("a page that makes no sense is refused", async () => {
  const owner = await cook(1, 1);
  for (const query of ["limit=0", "limit=501", "limit=x", "after=x", "page=2"])
    await expectProblem(await owner.request("GET", `/api/recipes?${query}`), "invalid-query", query);
});
