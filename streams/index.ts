// Made by `npm run generate` from the files beside it.
import { households } from "./households.ts";
import { mealplans } from "./mealplans.ts";
import { recipes } from "./recipes.ts";

/** Every declared stream, by name. */
export const streams = [households, mealplans, recipes] as const;
