import { Hono } from "hono";

import type { WrittenLine } from "../../planner/WrittenLine.ts";
import type { Answer } from "../../protocol/answer.ts";
import { streams } from "../../streams/index.ts";
import type { AppContext, AppRequest } from "../appContext.ts";
import { plannerDatabaseOf } from "../database.ts";
import { editOf } from "../editOf.ts";
import { unwrap } from "../errors.ts";
import { objectIdParam } from "../params.ts";
import { publishAfterWrite } from "../publishAfterWrite.ts";
import { readJson } from "../requestBody.ts";
import { lineChangeSchema, newLineSchema, planOfListSchema } from "../schemas/shoppingList.ts";
import { requireUser } from "../session.ts";

/** A household's shopping list, at `/api/households/:id/list`. Its lines are read from the stream `lists`. */
export const shoppingListRoutes = new Hono<AppContext>();

shoppingListRoutes.use("/:id/list/*", requireUser);

shoppingListRoutes.post("/:id/list", async (c) => {
  const id = objectIdParam(c, "id");
  const line = await readJson(c, newLineSchema);
  return written(c, await listsOf(c, id).add(id, line, editOf(c)), 201);
});

shoppingListRoutes.post("/:id/list/from-plan", async (c) => {
  const id = objectIdParam(c, "id");
  const { planId } = await readJson(c, planOfListSchema);
  const { lines, changes } = unwrap(await listsOf(c, id).makeFromPlan(id, planId, editOf(c)));
  publishAfterWrite(c, streams, changes);
  return c.json({ lines });
});

shoppingListRoutes.patch("/:id/list/:lineId", async (c) => {
  const [id, lineId] = [objectIdParam(c, "id"), objectIdParam(c, "lineId")];
  const patch = await readJson(c, lineChangeSchema);
  return written(c, await listsOf(c, id).change(id, lineId, patch, editOf(c)));
});

shoppingListRoutes.delete("/:id/list/:lineId", async (c) => {
  const [id, lineId] = [objectIdParam(c, "id"), objectIdParam(c, "lineId")];
  publishAfterWrite(c, streams, unwrap(await listsOf(c, id).remove(id, lineId, editOf(c))));
  return c.body(null, 204);
});

function written(c: AppRequest, answer: Answer<WrittenLine>, status: 200 | 201 = 200): Response {
  const { line, changes } = unwrap(answer);
  publishAfterWrite(c, streams, changes);
  return c.json(line, status);
}

function listsOf(c: AppRequest, householdId: string) {
  return plannerDatabaseOf(c, householdId).shoppingLists;
}
