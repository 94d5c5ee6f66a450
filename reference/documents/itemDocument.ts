import * as z from "zod";

import type { Stream } from "../../streams/declare/Stream.ts";
import { householdDocument } from "./household.ts";
import { mealPlanDocument } from "./mealPlan.ts";
import { recipeDocument } from "./recipe.ts";

/** What is known of the items of a stream, by the stream's name. */
const ITEMS: Readonly<Record<string, z.ZodType>> = {
  households: householdDocument,
  mealplans: mealPlanDocument,
  recipes: recipeDocument,
};

/** An item of a stream as its readers get it: any document where nothing more is known. */
export function itemDocument({ name }: Stream): z.ZodType {
  return ITEMS[name] ?? z.looseObject({ _id: z.union([z.string(), z.number()]) });
}
