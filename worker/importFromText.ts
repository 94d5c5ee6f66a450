import { readRecipeText } from "../kitchen/readRecipeText.ts";
import { fitRecipe } from "../protocol/fitRecipe.ts";
import type { ImportedRecipe } from "../protocol/importedRecipe.ts";

/** Reads a recipe that somebody has written or copied, for a person to look over. Never fails. */
export function importFromText(text: string): ImportedRecipe {
  return fitRecipe({ ...readRecipeText(text), tags: [], image: null });
}
