import type { ImportedRecipe } from "../../protocol/importedRecipe.ts";
import { findRecipe } from "./findRecipe.ts";
import { PageReader } from "./PageReader.ts";
import { readRecipe } from "./readRecipe.ts";

/** The recipe that a web page at `url` tells programs of, or `null`: one that tells nothing is none. */
export function recipeOfPage(html: string, url: URL): ImportedRecipe | null {
  const node = findRecipe(new PageReader().read(html));
  const found = node && readRecipe(node, url);
  return found && !isEmpty(found) ? found : null;
}

function isEmpty({ recipe, unread }: ImportedRecipe): boolean {
  const lines = recipe.ingredients.length + recipe.steps.length + unread.length;
  return recipe.title === "" && lines === 0;
}
