import { ingredientLine } from "../../kitchen/ingredientLine.ts";
import type { RecipeFields } from "../../protocol/recipe.ts";
import type { Node } from "./Node.ts";

/** A recipe in the words of schema.org, as other cookbooks take it. */
export function writeRecipe(recipe: RecipeFields): Node {
  return {
    "@type": "Recipe",
    name: recipe.title,
    recipeYield: `${recipe.servings} servings`,
    recipeIngredient: recipe.ingredients.map(ingredientLine),
    recipeInstructions: recipe.steps.map((text) => ({ "@type": "HowToStep", text })),
    keywords: recipe.tags,
    ...(recipe.image !== null && { image: recipe.image }),
    ...(recipe.source !== null && { isBasedOn: recipe.source }),
  };
}
