import type { Ingredient, Recipe, RecipeFields } from "../../protocol/recipe.ts";
import { list, numberOrNull, record, text, textOrNull } from "./reading.ts";
import { nothing, request, type Result } from "./request.ts";

/** Adds a recipe; sending the same id twice adds it once. */
export function createRecipe(
  recipeId: string,
  householdId: string,
  fields: RecipeFields,
  key: string,
): Promise<Result<Recipe>> {
  const body = { _id: recipeId, householdId, ...fields };
  return request("/api/recipes", readRecipe, { method: "POST", body, key });
}

/** @param patch with `was`, what the user saw in the fields that change. */
export function changeRecipe(recipeId: string, patch: object, key: string): Promise<Result<Recipe>> {
  return request(recipeUrl(recipeId), readRecipe, { method: "PATCH", body: patch, key });
}

export function deleteRecipe(recipeId: string, key: string): Promise<Result<null>> {
  return request(recipeUrl(recipeId), nothing, { method: "DELETE", key });
}

function recipeUrl(recipeId: string): string {
  return `/api/recipes/${encodeURIComponent(recipeId)}`;
}

/** Reads a recipe. Never fails. */
export function readRecipe(value: unknown): Recipe {
  const recipe = record(value);
  return {
    _id: text(recipe["_id"]),
    householdId: text(recipe["householdId"]),
    title: text(recipe["title"]).trim() || "Untitled",
    servings: numberOrNull(recipe["servings"]) ?? 1,
    ingredients: list(recipe["ingredients"]).map(readIngredient),
    steps: list(recipe["steps"]).map(text).filter(Boolean),
    tags: list(recipe["tags"]).map(text).filter(Boolean),
    image: textOrNull(recipe["image"]),
    source: textOrNull(recipe["source"]),
    createdAt: text(recipe["createdAt"]),
    updatedAt: text(recipe["updatedAt"]),
  };
}

/** An ingredient typed as a mere word is its name. */
function readIngredient(value: unknown): Ingredient {
  const ingredient = record(value);
  const written = text(ingredient["text"]);
  return {
    quantity: numberOrNull(ingredient["quantity"]),
    unit: text(ingredient["unit"]),
    name: text(ingredient["name"]) || text(value),
    ...(written && { text: written }),
  };
}
