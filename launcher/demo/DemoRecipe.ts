import type { RecipeFields } from "../../protocol/recipe.ts";

/** How much (`null` for "some"), in which unit (empty for pieces), of what. */
type DemoIngredient = readonly [quantity: number | null, unit: string, name: string];

/** A recipe of the demo household, as short as it can be written down. */
export interface DemoRecipe {
  readonly title: string;
  readonly servings: number;
  readonly tags: readonly string[];
  readonly ingredients: readonly DemoIngredient[];
  readonly steps: readonly string[];
}

/** The recipe as the API takes it. */
export function fieldsOf({ ingredients, ...recipe }: DemoRecipe): RecipeFields {
  return {
    ...recipe,
    ingredients: ingredients.map(([quantity, unit, name]) => ({ quantity, unit, name })),
    image: null,
    source: null,
  };
}
