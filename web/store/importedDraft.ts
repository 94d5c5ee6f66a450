import type { ImportedFields } from "../../protocol/importedRecipe.ts";
import type { RecipeOrigin } from "../api/importRecipe.ts";
import type { RecipeDraft } from "./recipeDraft.ts";

/** What was found of a recipe, as if somebody had typed it. What was not found is not in it. */
export function importedDraft(found: ImportedFields): Partial<RecipeDraft> {
  const typed = {
    title: found.title,
    servings: found.servings === undefined ? "" : String(found.servings),
    ingredients: found.ingredients.map(({ text }) => text).join("\n"),
    steps: found.steps.join("\n"),
    // A comma would make two of one.
    tags: found.tags.map((tag) => tag.replaceAll(",", " ")).join(", "),
    image: found.image ?? "",
    source: found.source ?? "",
  };
  return Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ""));
}

/** One address is that of a page; all else is a recipe. */
export function originOf(pasted: string): RecipeOrigin {
  const text = pasted.trim();
  return /^https?:\/\/\S+$/i.test(text) ? { url: text } : { text };
}
