import * as z from "zod";

import type { Recipe } from "../../protocol/recipe.ts";
import { documentOf } from "./documentOf.ts";
import { id, moment } from "./fields.ts";

const ingredient = z.object({
  quantity: z.number().nullable().describe('`null` for "some".'),
  unit: z.string(),
  name: z.string(),
});

/** A recipe of a household. */
export const recipeDocument = documentOf<Recipe>()(
  z.object({
    _id: id,
    householdId: id,
    title: z.string(),
    servings: z.number().describe("For how many people the ingredients are."),
    ingredients: z.array(ingredient),
    steps: z.array(z.string()),
    tags: z.array(z.string()),
    image: z.string().nullable().describe("Address of a picture."),
    source: z.string().nullable().describe("Where it comes from: a book, an address."),
    createdAt: moment,
    updatedAt: moment,
    changedBy: id.nullable().exactOptional().describe("Who changed it last with the app."),
    changedAt: moment
      .nullable()
      .exactOptional()
      .describe("When that was. A change by other means leaves both alone."),
  }),
).meta({ id: "Recipe", description: "A recipe of a household." });
