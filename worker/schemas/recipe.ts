import * as z from "zod";

import { ingredientOf } from "../../kitchen/ingredientOf.ts";
import type { Ingredient } from "../../protocol/recipe.ts";
import { isLocalPath } from "../../protocol/localPath.ts";
import { RECIPE_LIMITS } from "../../protocol/recipeLimits.ts";
import { line, note, objectId, servings } from "./fields.ts";
import { checkSeen, WAS } from "./seenFields.ts";

const parts = z.strictObject({
  quantity: z.number().min(0).max(1_000_000).nullable().optional(),
  unit: note(RECIPE_LIMITS.unit).optional(),
  name: line(RECIPE_LIMITS.ingredient).optional(),
  text: line(RECIPE_LIMITS.ingredient)
    .optional()
    .describe("The line as its author wrote it. Alone, the other fields are read out of it."),
});

/** Either its parts, or a line that is read, or both: then each is taken as it is. */
const ingredient = parts.transform((given, context): Ingredient => {
  const { quantity, unit, name, text } = given;
  const isLine = quantity === undefined && unit === undefined;
  if (name === undefined && text !== undefined && isLine) return ingredientOf(text);
  if (name === undefined) context.addIssue({ code: "custom", path: ["name"], message: "This is needed" });
  return {
    quantity: quantity ?? null,
    unit: unit ?? "",
    name: name ?? "",
    ...(text !== undefined && { text }),
  };
});

/** On our own server or elsewhere, but never a script. */
const picture = z
  .string()
  .trim()
  .max(RECIPE_LIMITS.image)
  .refine((text) => isLocalPath(text) || isWebAddress(text), "An http(s) address, or a path on this server");

const fields = {
  title: line(RECIPE_LIMITS.title),
  servings,
  ingredients: z.array(ingredient).max(RECIPE_LIMITS.lines),
  steps: z.array(line(RECIPE_LIMITS.step)).max(RECIPE_LIMITS.lines),
  tags: z.array(line(RECIPE_LIMITS.tag)).max(RECIPE_LIMITS.tags),
  image: picture.nullable().describe("An http(s) address, or a path on this server."),
  source: line(RECIPE_LIMITS.source).nullable(),
};

/** The body of `POST /api/recipes`. */
export const newRecipeSchema = z.strictObject({
  _id: objectId.optional(),
  householdId: objectId.optional(),
  title: fields.title,
  servings: fields.servings.default(4),
  ingredients: fields.ingredients.default([]),
  steps: fields.steps.default([]),
  tags: fields.tags.default([]),
  image: fields.image.default(null),
  source: fields.source.default(null),
});

const some = z.strictObject(fields).partial();

/** The body of `PATCH /api/recipes/:id`. */
export const recipeChangeSchema = some.extend({ was: some.optional().describe(WAS) }).superRefine(checkSeen);

const LONGEST_TEXT = 50_000;

/** The body of `POST /api/recipes/import`. */
export const recipeImportSchema = z
  .strictObject({
    url: z.string().trim().max(2000).refine(isWebAddress, "An http(s) address").describe("Of a web page."),
    text: z
      .string()
      .trim()
      .min(1)
      .max(LONGEST_TEXT)
      .describe("A recipe that somebody has written or copied."),
  })
  .partial()
  .superRefine(({ url, text }, context) => {
    if ((url === undefined) === (text === undefined))
      context.addIssue({ code: "custom", path: ["url"], message: "Either an address or a text" });
  });

/** The query of `GET /api/pictures`. */
export const pictureQuerySchema = z.strictObject({
  url: z.string().max(2000).describe("As it stands in the recipe's `image`."),
});

/** The query of `GET /api/households/:id/recipes/export`. */
export const recipeExportSchema = z.strictObject({
  format: z
    .enum(["json", "schema.org"])
    .default("json")
    .describe("`json`: as `POST /api/recipes` takes each. `schema.org`: as other cookbooks do, in JSON-LD."),
});

const MOST_OF_A_PAGE = 500;

/** The query of `GET /api/recipes`. */
export const recipePageSchema = z.strictObject({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MOST_OF_A_PAGE)
    .optional()
    .describe(`How many at most: up to ${MOST_OF_A_PAGE}.`),
  after: objectId.optional().describe("The `_id` of the last recipe of the page before."),
});

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
