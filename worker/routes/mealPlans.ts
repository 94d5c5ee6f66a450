import { Hono } from "hono";
import { createMiddleware } from "hono/factory";

import type { WrittenPlan } from "../../planner/planAccess.ts";
import type { Answer } from "../../protocol/answer.ts";
import { streams } from "../../streams/index.ts";
import { mealplans } from "../../streams/mealplans.ts";
import type { AppContext, AppRequest } from "../appContext.ts";
import { plannerDatabaseOf } from "../database.ts";
import { editOf } from "../editOf.ts";
import { unwrap } from "../errors.ts";
import { objectIdParam } from "../params.ts";
import { planResponse, readPlan } from "../planAnswers.ts";
import { publishAfterWrite } from "../publishAfterWrite.ts";
import { readJson } from "../requestBody.ts";
import { entryChangeSchema, newEntrySchema } from "../schemas/entry.ts";
import { requireUser, sessionAccounts } from "../session.ts";
import { answerTopic } from "./streams.ts";

/** Plans and their dishes, at `/api/mealplans`. */
export const mealPlanRoutes = new Hono<AppContext>();

/** Whoever brings a share token need not be signed in. */
const requireReader = createMiddleware<AppContext>(async function requireReader(c, next) {
  return c.req.query("share") === undefined ? requireUser(c, next) : next();
});

// An older name of `/api/streams/mealplans/:id`. Before the plans, whose routes take any id.
mealPlanRoutes.get("/updates/:id", (c) =>
  answerTopic(c, sessionAccounts, { stream: mealplans, key: objectIdParam(c, "id") }),
);

mealPlanRoutes.get("/:id", requireReader, async (c) =>
  planResponse(c, await readPlan(c, objectIdParam(c, "id"))),
);

mealPlanRoutes.get("/:id/activity", requireUser, async (c) => {
  const planId = objectIdParam(c, "id");
  const { mealPlans } = plannerDatabaseOf(c, planId);
  return c.json(unwrap(await mealPlans.activity(planId, c.var.identity.userId)));
});

mealPlanRoutes.post("/:id/entries", requireUser, async (c) => {
  const planId = objectIdParam(c, "id");
  const entry = await readJson(c, newEntrySchema);
  const { mealPlans } = plannerDatabaseOf(c, planId);
  return written(c, await mealPlans.addEntry(planId, entry, editOf(c)), 201);
});

mealPlanRoutes.patch("/:id/entries/:entryId", requireUser, async (c) => {
  const planId = objectIdParam(c, "id");
  const entryId = objectIdParam(c, "entryId");
  const patch = await readJson(c, entryChangeSchema);
  const { mealPlans } = plannerDatabaseOf(c, planId);
  return written(c, await mealPlans.changeEntry(planId, entryId, patch, editOf(c)));
});

mealPlanRoutes.delete("/:id/entries/:entryId", requireUser, async (c) => {
  const planId = objectIdParam(c, "id");
  const entryId = objectIdParam(c, "entryId");
  const { mealPlans } = plannerDatabaseOf(c, planId);
  return written(c, await mealPlans.removeEntry(planId, entryId, editOf(c)));
});

function written(c: AppRequest, answer: Answer<WrittenPlan>, status: 200 | 201 = 200): Response {
  const { data, changes } = unwrap(answer);
  publishAfterWrite(c, streams, changes);
  return planResponse(c, data, status);
}
