import * as z from "zod";

import type { ImportedRecipe } from "../../protocol/importedRecipe.ts";
import type { Recipe } from "../../protocol/recipe.ts";
import { documentOf } from "./documentOf.ts";
import { id, moment } from "./fields.ts";

const ingredient = z.object({
  quantity: z.number().nullable().describe('`null` for "some", for a range, and for what can\'t be read.'),
  unit: z.string(),
  name: z.string(),
  text: z
    .string()
    .exactOptional()
    .describe("The whole line as its author wrote it, where it was written as one."),
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

/** A recipe as it was found somewhere. */
export const importedRecipeDocument = documentOf<ImportedRecipe>()(
  z.object({
    recipe: z
      .object({
        title: z.string().describe("Empty where none was found."),
        servings: z.number().exactOptional().describe("For how many people, if that is said."),
        ingredients: z.array(z.object({ text: z.string().describe("As its author wrote it.") })),
        steps: z.array(z.string()),
        tags: z.array(z.string()),
        image: z.string().nullable().describe("Address of a picture."),
        source: z.string().nullable().describe("Where it was found."),
      })
      .describe("With a title it is what `POST /api/recipes` takes."),
    unread: z
      .array(z.string())
      .describe("Lines of which nobody can tell what they are, or for which there is no room."),
  }),
).meta({
  id: "ImportedRecipe",
  description: "A recipe as it was found somewhere, for a person to look over.",
});

const { title, servings, ingredients, steps, tags, image, source } = recipeDocument.shape;

/** The recipes of a household as a file. */
export const recipeFileDocument = z
  .object({ recipes: z.array(z.object({ title, servings, ingredients, steps, tags, image, source })) })
  .meta({ id: "RecipeFile", description: "Recipes, each as `POST /api/recipes` takes it." });

/** The same in the words of schema.org. */
export const recipeGraphDocument = z
  .object({
    "@context": z.literal("https://schema.org"),
    "@graph": z.array(z.looseObject({ "@type": z.literal("Recipe") })),
  })
  .meta({ id: "RecipeGraph", description: "Recipes as schema.org describes them, in JSON-LD." });
