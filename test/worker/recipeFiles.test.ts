import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { RecipeFields } from "../../protocol/recipe.ts";
import { recipeOfPage } from "../../worker/schemaOrg/recipeOfPage.ts";
import { writeRecipe } from "../../worker/schemaOrg/writeRecipe.ts";
import { type Home, makeHome } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack } from "../support/stack.ts";

const word = fc.constantFrom("soup", "Ärger", "½", "2-3", "a < b", "& more", "“so”", "salt");
const line = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" "));
const amount = fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 500 }));
const parts = fc.record({ quantity: amount, unit: fc.constantFrom("", "g", "cup"), name: line });
const written = fc.record({ quantity: amount, unit: fc.constant(""), name: line, text: line });
const recipe: fc.Arbitrary<RecipeFields> = fc.record({
  title: line,
  servings: fc.integer({ min: 1, max: 1000 }),
  ingredients: fc.array(fc.oneof(parts, written), { maxLength: 5 }),
  steps: fc.array(line, { maxLength: 5 }),
  tags: fc.uniqueArray(fc.constantFrom("quick", "Winter", "vegan"), { maxLength: 3 }),
  image: fc.constantFrom(null, "https://a.example/x.jpg"),
  source: fc.constantFrom(null, "Grandmother", "https://a.example/x"),
});

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

async function fileOf({ owner, household }: Home): Promise<readonly RecipeFields[]> {
  const path = `/api/households/${household._id}/recipes/export`;
  return (await owner.json<{ recipes: readonly RecipeFields[] }>("GET", path)).recipes;
}

test("the recipes of a file, added to another household, are the same recipes", async () => {
  const [one, other] = [await makeHome(stack.url), await makeHome(stack.url, "Grace")];
  expect(await fileOf(one)).toEqual([]);
  const recipes = fc.sample(recipe, 40);
  for (const fields of recipes) await one.owner.json("POST", "/api/recipes", fields);
  const file = await fileOf(one);
  expect(file).toEqual(recipes.toReversed());
  for (const fields of file.toReversed()) await other.owner.json("POST", "/api/recipes", fields);
  expect(await fileOf(other)).toEqual(file);
});

test("what is told in the words of schema.org is read as the same recipe", async () => {
  const home = await makeHome(stack.url);
  await home.owner.json("POST", "/api/recipes", fc.sample(recipe, 1)[0]);
  const path = `/api/households/${home.household._id}/recipes/export?format=schema.org`;
  const answer = await home.owner.request("GET", path);
  expect(answer.headers.get("content-disposition")).toContain("attachment");
  expect(await answer.json()).toMatchObject({
    "@context": "https://schema.org",
    "@graph": [{ "@type": "Recipe" }],
  });
  fc.assert(
    fc.property(recipe, (fields) => {
      const script = JSON.stringify(writeRecipe(fields)).replaceAll("<", "\\u003c");
      const html = `<script type="application/ld+json">${script}</script>`;
      const read = recipeOfPage(html, new URL("https://a.example/"))?.recipe;
      const { title, servings, steps, tags, image } = fields;
      expect(read).toMatchObject({ title, servings, steps, tags, image });
      expect(read?.ingredients).toHaveLength(fields.ingredients.length);
    }),
  );
});

test("a file is for the members of its household, in the formats that there are", async () => {
  const [home, stranger] = [await makeHome(stack.url), await makeHome(stack.url, "Mallory")];
  const path = `/api/households/${home.household._id}/recipes/export`;
  await expectProblem(await stranger.owner.request("GET", path), "not-found");
  await expectProblem(await fetch(stack.url + path), "signed-out");
  await expectProblem(await home.owner.request("GET", `${path}?format=pdf`), "invalid-query");
});
