import { expect, test } from "vitest";
import { ingredientLine } from "../../kitchen/ingredientLine.ts";
import type { Recipe } from "../../protocol/recipe.ts";
import { changeOf, entryDraftOf } from "../../web/store/entryDraft.ts";
import { findRecipes } from "../../web/store/findRecipes.ts";
import { draftOf, fieldsOf } from "../../web/store/recipeDraft.ts";

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

test("an ingredient is kept as it was typed, with what was read of it", () => {
  const draft = { ...draftOf(null), ingredients: "1½ cups flour, sifted\n 2-3 onions\nsome salt" };
  expect(fieldsOf(draft, null).ingredients).toEqual([
    { quantity: 1.5, unit: "cups", name: "flour, sifted", text: "1½ cups flour, sifted" },
    { quantity: null, unit: "", name: "onions", text: "2-3 onions" },
    { quantity: null, unit: "", name: "salt", text: "some salt" },
  ]);
});

test("a recipe that nobody touched is saved as it was, to the last digit", () => {
  const saved = fieldsOf(draftOf(RECIPE), RECIPE);
  expect({ ...RECIPE, ...saved }).toEqual(RECIPE);
  expect(saved.ingredients[0]?.quantity).toBe(1 / 3);
});

test("a third of a cup is shown as a kitchen writes it", () => {
  expect(RECIPE.ingredients.map(ingredientLine)).toEqual(["⅓ cup sugar", "2 handfuls of berries", "vanilla"]);
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
