import { Hono } from "hono";

import type { AppContext } from "../appContext.ts";
import { objectIdParam } from "../params.ts";
import { parseWith } from "../parseWith.ts";
import { recipeExport } from "../recipeExport.ts";
import { recipeExportSchema } from "../schemas/recipe.ts";
import { requireUser } from "../session.ts";

/** The recipes of a household as a file, at `/api/households/:id/recipes`. */
export const recipeFileRoutes = new Hono<AppContext>();

recipeFileRoutes.get("/:id/recipes/export", requireUser, async (c) => {
  const id = objectIdParam(c, "id");
  const { format } = parseWith(recipeExportSchema, c.req.query(), "invalid-query");
  const body = await recipeExport(c, id, format);
  const fileName = `recipes-${new Date().toISOString().slice(0, 10)}.json`;
  c.header("content-type", format === "json" ? "application/json" : "application/ld+json");
  c.header("content-disposition", `attachment; filename="${fileName}"`);
  return c.body(body);
});
