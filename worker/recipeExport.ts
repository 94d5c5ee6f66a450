import type { RecipePage } from "../planner/recipePage.ts";
import type { Recipe, RecipeFields } from "../protocol/recipe.ts";
import type { AppRequest } from "./appContext.ts";
import { plannerDatabaseOf } from "./database.ts";
import { unwrap } from "./errors.ts";
import { writeRecipe } from "./schemaOrg/writeRecipe.ts";
import { streamOfTexts } from "./streamOfTexts.ts";

/** What a file of recipes begins with, how it tells one of them, and how it ends. */
interface Format {
  readonly start: string;
  readonly tell: (recipe: Recipe) => object;
  readonly end: string;
}

/** The formats of a file of recipes. */
export const RECIPE_FORMATS = {
  json: { start: '{"recipes":[', tell: fieldsOf, end: "]}\n" },
  "schema.org": { start: '{"@context":"https://schema.org","@graph":[', tell: writeRecipe, end: "]}\n" },
} as const satisfies Readonly<Record<string, Format>>;

/**
 * All recipes of a household, as a file that is written while it is read. One that breaks off is no JSON. @throws
 * ProblemError `not-found`, `database-unavailable`.
 */
export async function recipeExport(
  c: AppRequest,
  householdId: string,
  format: keyof typeof RECIPE_FORMATS,
): Promise<ReadableStream<Uint8Array>> {
  // Whoever may not read it is told so before anything begins.
  const first = await pageOf(c, householdId, null);
  return streamOfTexts(textOf(c, householdId, first, RECIPE_FORMATS[format]));
}

async function* textOf(
  c: AppRequest,
  householdId: string,
  first: RecipePage,
  { start, tell, end }: Format,
): AsyncGenerator<string> {
  yield start;
  let page: RecipePage = first;
  yield textsOf(page, tell);
  while (page.next !== null) {
    page = await pageOf(c, householdId, page.next);
    if (page.recipes.length > 0) yield `,\n${textsOf(page, tell)}`;
  }
  yield end;
}

function textsOf({ recipes }: RecipePage, tell: Format["tell"]): string {
  return recipes.map((recipe) => JSON.stringify(tell(recipe))).join(",\n");
}

async function pageOf(c: AppRequest, householdId: string, after: string | null): Promise<RecipePage> {
  const { userId } = c.var.identity;
  const { recipes } = plannerDatabaseOf(c, userId);
  return unwrap(await recipes.listOfHousehold(householdId, userId, { limit: null, after }));
}

/** What `POST /api/recipes` takes: a household that gets the file makes recipes of its own of it. */
function fieldsOf({ title, servings, ingredients, steps, tags, image, source }: Recipe): RecipeFields {
  const named = ingredients.filter(({ name }) => name !== "");
  return {
    title,
    servings,
    ingredients: named,
    steps: steps.filter(Boolean),
    tags: tags.filter(Boolean),
    image,
    source,
  };
}
