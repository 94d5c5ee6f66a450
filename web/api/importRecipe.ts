import type { ImportedRecipe } from "../../protocol/importedRecipe.ts";
import { list, numberOrNull, record, text, textOrNull } from "./reading.ts";
import { request, type Result } from "./request.ts";

/** Where a recipe is read from. */
export type RecipeOrigin = { readonly url: string } | { readonly text: string };

/** Reads a recipe from a web page or a text. Keeps nothing. */
export function importRecipe(origin: RecipeOrigin): Promise<Result<ImportedRecipe>> {
  return request("/api/recipes/import", readImported, { method: "POST", body: origin });
}

function readImported(value: unknown): ImportedRecipe {
  const recipe = record(record(value)["recipe"]);
  const servings = numberOrNull(recipe["servings"]);
  return {
    recipe: {
      title: text(recipe["title"]),
      ...(servings !== null && { servings }),
      ingredients: list(recipe["ingredients"]).map((one) => ({ text: text(record(one)["text"]) })),
      steps: list(recipe["steps"]).map(text),
      tags: list(recipe["tags"]).map(text),
      image: textOrNull(recipe["image"]),
      source: textOrNull(recipe["source"]),
    },
    unread: list(record(value)["unread"]).map(text),
  };
}
