import { QUOTAS } from "./quotas.ts";

/** How much each part of a recipe may hold: characters of a line, or how many there are of it. */
export const RECIPE_LIMITS = {
  title: 200,
  lines: QUOTAS.linesOfRecipe,
  ingredient: 200,
  unit: 40,
  step: 2000,
  tags: 30,
  tag: 50,
  image: 2000,
  source: 500,
  servings: 1000,
} as const;
