import { expect, test } from "vitest";
import type { Recipe } from "../../protocol/recipe.ts";
import { changeOf, entryDraftOf } from "../../web/store/entryDraft.ts";
import { findRecipes } from "../../web/store/findRecipes.ts";
import { draftOf, fieldsOf, ingredientLine, readIngredientLine } from "../../web/store/recipeDraft.ts";

const RECIPE: Recipe = {
  _id: "1",
  householdId: "2",
  title: "Crème brûlée",
  servings: 4,
  ingredients: [
    { quantity: 1 / 3, unit: "cup", name: "sugar" },
    { quantity: 2, unit: "handfuls of", name: "berries" },
    { quantity: null, unit: "", name: "vanilla" },
  ],
  steps: ["Whisk.\nThen rest.", "Bake."],
  tags: ["sweet"],
  image: null,
  source: null,
  createdAt: "",
  updatedAt: "",
};

test.each([
  ["200 g flour", 200, "g", "flour"],
  ["200g flour", 200, "g", "flour"],
  ["1/2 tsp salt", 0.5, "tsp", "salt"],
  ["1 1/2 tsp salt", 1.5, "tsp", "salt"],
  ["1,5 l milk", 1.5, "l", "milk"],
  ["2 eggs", 2, "", "eggs"],
  ["3 large eggs", 3, "", "large eggs"],
  ["salt", null, "", "salt"],
  ["7", null, "", "7"],
  ["1/0 cup air", null, "", "1/0 cup air"],
] as const)("the line “%s” is understood", (line, quantity, unit, name) => {
  expect(readIngredientLine(line)).toEqual({ quantity, unit, name });
});

test("a recipe that nobody touched is saved as it was, to the last digit", () => {
  const saved = fieldsOf(draftOf(RECIPE), RECIPE);
  expect({ ...RECIPE, ...saved }).toEqual(RECIPE);
  expect(saved.ingredients[0]?.quantity).toBe(1 / 3);
});

test("a third of a cup is shown as a kitchen writes it", () => {
  expect(RECIPE.ingredients.map(ingredientLine)).toEqual([
    "0.33 cup sugar",
    "2 handfuls of berries",
    "vanilla",
  ]);
});

test("a recipe is found by words of its title, tags or ingredients, without accents", () => {
  expect(findRecipes([RECIPE], "creme SWEET sug")).toEqual([RECIPE]);
  expect(findRecipes([RECIPE], "creme salt")).toEqual([]);
});

test("only what was changed about a dish is sent", () => {
  const entry = {
    _id: "1",
    day: "monday",
    meal: "dinner",
    recipeId: null,
    title: "Soup",
    servings: 2,
    note: "",
    addedBy: null,
  };
  const draft = entryDraftOf(entry);
  expect(changeOf(entry, draft)).toEqual({});
  expect(changeOf(entry, { ...draft, servings: "" })).toEqual({});
  expect(changeOf(entry, { ...draft, day: "sunday", servings: "3" })).toEqual({ day: "sunday", servings: 3 });
});
