import * as z from "zod";

import { DAYS, MEALS } from "../../protocol/mealPlan.ts";
import { line, note, objectId, servings } from "./fields.ts";
import { checkSeen, WAS } from "./seenFields.ts";

const fields = {
  day: z.enum(DAYS),
  meal: z.enum(MEALS),
  recipeId: objectId.nullable(),
  title: line(200),
  servings,
  note: note(1000),
};

/** The body of `POST /api/mealplans/:id/entries`. */
export const newEntrySchema = z
  .strictObject(fields)
  .partial({ recipeId: true, title: true, servings: true, note: true })
  .extend({ _id: objectId.optional() })
  .refine(({ recipeId, title }) => recipeId || title, {
    path: ["title"],
    error: "A dish needs a title or a recipe",
  });

const some = z.strictObject(fields).partial();

/** The body of `PATCH /api/mealplans/:id/entries/:entryId`. */
export const entryChangeSchema = some.extend({ was: some.optional().describe(WAS) }).superRefine(checkSeen);
