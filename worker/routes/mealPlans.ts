import { Hono } from "hono";
import { createMiddleware } from "hono/factory";

import type { Answer } from "../../protocol/answer.ts";
import { dataFor, mayRead, type Reader } from "../../protocol/reader.ts";
import type { Update } from "../../protocol/update.ts";
import type { AppContext, AppRequest } from "../appContext.ts";
import { databaseOf } from "../database.ts";
import { ProblemError, valueOf } from "../errors.ts";
import { publishAfterWrite } from "../fastPath.ts";
import { heldPlan } from "../heldPlan.ts";
import { objectIdParam } from "../params.ts";
import { planResponse } from "../planResponse.ts";
import { guestOf } from "../reader.ts";
import { readJson } from "../requestBody.ts";
import { entryChangeSchema, newEntrySchema } from "../schemas/entry.ts";
import { requireUser } from "../session.ts";

/** Plans and their dishes, at `/api/mealplans`. */
export const mealPlanRoutes = new Hono<AppContext>();

/** Whoever brings a share token need not be signed in. */
const requireReader = createMiddleware<AppContext>(async function requireReader(c, next) {
  return c.req.query("share") === undefined ? requireUser(c, next) : next();
});

mealPlanRoutes.get("/:id", requireReader, async (c) => {
  const planId = objectIdParam(c, "id");
  const reader = await readerOf(c);
  const answer = await databaseOf(c, planId).mealPlans.read(planId);
  // Reading goes on without the database as long as the plan's hub remembers it.
  const away = !answer.ok && answer.code === "database-unavailable";
  return planResponse(c, away ? await held(c, planId, reader) : shown(valueOf(answer), reader));
});

mealPlanRoutes.post("/:id/entries", requireUser, async (c) => {
  const planId = objectIdParam(c, "id");
  const entry = await readJson(c, newEntrySchema);
  const { mealPlans } = databaseOf(c, planId);
  return written(c, await mealPlans.addEntry(planId, entry, c.var.identity.userId, new Date()), 201);
});

mealPlanRoutes.patch("/:id/entries/:entryId", requireUser, async (c) => {
  const planId = objectIdParam(c, "id");
  const entryId = objectIdParam(c, "entryId");
  const changes = await readJson(c, entryChangeSchema);
  const { mealPlans } = databaseOf(c, planId);
  return written(c, await mealPlans.changeEntry(planId, entryId, changes, c.var.identity.userId, new Date()));
});

mealPlanRoutes.delete("/:id/entries/:entryId", requireUser, async (c) => {
  const planId = objectIdParam(c, "id");
  const entryId = objectIdParam(c, "entryId");
  const { mealPlans } = databaseOf(c, planId);
  return written(c, await mealPlans.removeEntry(planId, entryId, c.var.identity.userId, new Date()));
});

async function readerOf(c: AppRequest): Promise<Reader> {
  return (await guestOf(c)) ?? { kind: "member", userId: c.var.identity.userId };
}

function shown({ data, access }: Update, reader: Reader): string {
  if (data === null || !access || !mayRead(access, reader, Date.now())) throw new ProblemError("not-found");
  return dataFor(reader, data);
}

/** The plan as its hub holds it. A hub that never held it can't tell whether it exists. */
async function held(c: AppRequest, planId: string, reader: Reader): Promise<string> {
  return valueOf(await heldPlan(c, planId, reader));
}

function written(c: AppRequest, answer: Answer<Update>, status: 200 | 201 = 200): Response {
  const update = valueOf(answer);
  publishAfterWrite(c, [update]);
  return planResponse(c, update.data ?? "null", status);
}
