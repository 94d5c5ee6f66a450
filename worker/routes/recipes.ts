import { Hono } from "hono";

import type { WrittenRecipe } from "../../planner/WrittenRecipe.ts";
import type { Answer } from "../../protocol/answer.ts";
import { streams } from "../../streams/index.ts";
import type { AppContext, AppRequest } from "../appContext.ts";
import { plannerDatabaseOf } from "../database.ts";
import { editOf } from "../editOf.ts";
import { unwrap } from "../errors.ts";
import { importFromPage } from "../importFromPage.ts";
import { importFromText } from "../importFromText.ts";
import { limitImports } from "../limits.ts";
import { objectIdParam } from "../params.ts";
import { parseWith } from "../parseWith.ts";
import { publishAfterWrite } from "../publishAfterWrite.ts";
import { readJson } from "../requestBody.ts";
import {
  newRecipeSchema,
  recipeChangeSchema,
  recipeImportSchema,
  recipePageSchema,
} from "../schemas/recipe.ts";
import { requireUser } from "../session.ts";

/** The recipes of the user's households, at `/api/recipes`. */
export const recipeRoutes = new Hono<AppContext>();

recipeRoutes.use(requireUser);

recipeRoutes.get("/", async (c) => {
  const { limit = null, after = null } = parseWith(recipePageSchema, c.req.query(), "invalid-query");
  const { recipes, next } = unwrap(await recipesOf(c).list(c.var.identity.userId, { limit, after }));
  if (next !== null) c.header("link", nextLink(limit, next));
  // Whoever wants all of them, wants to look one up.
  const isWhole = limit === null && after === null;
  return c.json(isWhole ? recipes.toSorted((one, other) => one.title.localeCompare(other.title)) : recipes);
});

recipeRoutes.post("/", async (c) => {
  const recipe = await readJson(c, newRecipeSchema);
  return written(c, await recipesOf(c).add(recipe, editOf(c)), 201);
});

recipeRoutes.post("/import", async (c) => {
  const { url, text = "" } = await readJson(c, recipeImportSchema);
  await limitImports(c, c.var.identity.userId);
  return c.json(url === undefined ? importFromText(text) : await importFromPage(url));
});

recipeRoutes.get("/:id", async (c) =>
  c.json(unwrap(await recipesOf(c).read(objectIdParam(c, "id"), c.var.identity.userId))),
);

recipeRoutes.patch("/:id", async (c) => {
  const id = objectIdParam(c, "id");
  const patch = await readJson(c, recipeChangeSchema);
  return written(c, await recipesOf(c).change(id, patch, editOf(c)));
});

recipeRoutes.delete("/:id", async (c) => {
  const answer = await recipesOf(c).remove(objectIdParam(c, "id"), editOf(c));
  publishAfterWrite(c, streams, unwrap(answer));
  return c.body(null, 204);
});

function nextLink(limit: number | null, after: string): string {
  const query = new URLSearchParams({ ...(limit !== null && { limit: String(limit) }), after });
  return `</api/recipes?${query}>; rel="next"`;
}

function written(c: AppRequest, answer: Answer<WrittenRecipe>, status: 200 | 201 = 200): Response {
  const { recipe, changes } = unwrap(answer);
  publishAfterWrite(c, streams, changes);
  return c.json(recipe, status);
}

function recipesOf(c: AppRequest) {
  return plannerDatabaseOf(c, c.var.identity.userId).recipes;
}
