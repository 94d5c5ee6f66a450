import { Hono } from "hono";

import type { AppContext, AppRequest } from "../appContext.ts";
import { databaseOf } from "../database.ts";
import { valueOf } from "../errors.ts";
import { objectIdParam } from "../params.ts";
import { readJson } from "../requestBody.ts";
import { newRecipeSchema, recipeChangeSchema } from "../schemas/recipe.ts";
import { requireUser } from "../session.ts";

/** The recipes of the user's households, at `/api/recipes`. */
export const recipeRoutes = new Hono<AppContext>();

recipeRoutes.use(requireUser);

recipeRoutes.get("/", async (c) => c.json(valueOf(await recipesOf(c).list(c.var.identity.userId))));

recipeRoutes.post("/", async (c) => {
  const recipe = await readJson(c, newRecipeSchema);
  return c.json(valueOf(await recipesOf(c).add(recipe, c.var.identity.userId, new Date())), 201);
});

recipeRoutes.get("/:id", async (c) =>
  c.json(valueOf(await recipesOf(c).read(objectIdParam(c, "id"), c.var.identity.userId))),
);

recipeRoutes.patch("/:id", async (c) => {
  const id = objectIdParam(c, "id");
  const change = await readJson(c, recipeChangeSchema);
  return c.json(valueOf(await recipesOf(c).change(id, change, c.var.identity.userId, new Date())));
});

recipeRoutes.delete("/:id", async (c) => {
  valueOf(await recipesOf(c).remove(objectIdParam(c, "id"), c.var.identity.userId));
  return c.body(null, 204);
});

function recipesOf(c: AppRequest) {
  return databaseOf(c, c.var.identity.userId).recipes;
}
