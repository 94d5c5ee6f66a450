import { ingredientLine } from "../../kitchen/ingredientLine.ts";
import type { Recipe } from "../../protocol/recipe.ts";
import { list } from "../api/reading.ts";
import { readRecipe } from "../api/recipes.ts";
import { capital } from "../store/dates.ts";

const LABELS: Readonly<Record<string, string>> = { title: "Name", recipeId: "Recipe", image: "Picture" };

/** What people call a field. */
export function fieldLabel(name: string): string {
  return LABELS[name] ?? capital(name);
}

/**
 * The value of a field in words; nothing for an empty one.
 * @param recipes those by whose name a dish's recipe is called.
 */
export function fieldText(name: string, value: unknown, recipes: readonly Recipe[]): string {
  if (name === "recipeId") return recipes.find(({ _id }) => _id === value)?.title ?? "";
  if (name === "day" || name === "meal") return capital(String(value));
  if (Array.isArray(value)) return value.map(String).join(", ");
  return value === null || value === undefined ? "" : String(value);
}

/** Lines of a recipe's list in words. */
export function lineTexts(name: string, lines: readonly unknown[]): readonly string[] {
  if (name === "ingredients") return readRecipe({ ingredients: lines }).ingredients.map(ingredientLine);
  return list(lines).map(String);
}
