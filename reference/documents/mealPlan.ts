import * as z from "zod";

import { DAYS, MEALS, type MealPlan, type NewShare, type Share } from "../../protocol/mealPlan.ts";
import { documentOf } from "./documentOf.ts";
import { id, moment } from "./fields.ts";

const entry = z.object({
  _id: id,
  day: z.enum(DAYS),
  meal: z.enum(MEALS),
  recipeId: id.nullable().describe("`null` for a dish without a recipe."),
  title: z.string(),
  servings: z.number(),
  note: z.string(),
  addedBy: id.exactOptional().describe("The user who added it. A guest is not told."),
  changedBy: id.nullable().exactOptional().describe("Who changed it last with the app. A guest is not told."),
  changedAt: moment
    .nullable()
    .exactOptional()
    .describe("When that was. A change by other means leaves both alone."),
});

const removed = z.object({
  _id: id,
  title: z.string(),
  day: z.string(),
  meal: z.string(),
  by: id.describe("The user who took it off."),
  at: moment,
});

/** A household's week of meals. */
export const mealPlanDocument = documentOf<MealPlan>()(
  z.object({
    _id: id,
    householdId: id,
    week: z.string().describe("An ISO week, like 2026-W47."),
    entries: z.array(entry),
    memberIds: z.array(id).exactOptional().describe("Who may see and change it. A guest is not told."),
    removed: z
      .array(removed)
      .exactOptional()
      .describe("The last twenty dishes that were taken off, the newest last. A guest is not told."),
    createdAt: moment,
    updatedAt: moment,
  }),
).meta({ id: "MealPlan", description: "A household's week of meals." });

const expiresAt = moment.nullable().describe("`null` for never.");

/** A read-only link to a plan. */
export const shareDocument = documentOf<Share>()(z.object({ _id: id, expiresAt, createdAt: moment })).meta({
  id: "Share",
  description: "A read-only link to a plan.",
});

/** A share link at the moment it is made. */
export const newShareDocument = documentOf<NewShare>()(
  z.object({
    _id: id,
    url: z.url().describe("The page that shows the plan to a guest."),
    token: z.string().describe("For `?share=`."),
    expiresAt,
  }),
).meta({ id: "NewShare", description: "A new link. The token is told once, to whoever made it." });
