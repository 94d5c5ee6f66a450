// Made by `npm run generate` from the files beside it.
import { households } from "./households.ts";
import { lists } from "./lists.ts";
import { mealplans } from "./mealplans.ts";
import { recipes } from "./recipes.ts";

/** Every declared stream, by name. */
export const streams = [households, lists, mealplans, recipes] as const;
