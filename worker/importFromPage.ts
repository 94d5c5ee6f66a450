import type { ImportedRecipe } from "../protocol/importedRecipe.ts";
import { ProblemError } from "./errors.ts";
import { fetchPage } from "./fetchPage.ts";

/**
 * Reads the recipe of a web page, for a person to look over. The parser begins with the first that needs it. @throws
 * ProblemError `page-unreachable` or `no-recipe-found`.
 */
export async function importFromPage(address: string): Promise<ImportedRecipe> {
  const { url, html } = await fetchPage(address);
  const { recipeOfPage } = await import("./schemaOrg/recipeOfPage.ts");
  const recipe = recipeOfPage(html, url);
  if (!recipe) throw new ProblemError("no-recipe-found");
  return recipe;
}
