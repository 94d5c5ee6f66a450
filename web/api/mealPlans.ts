import type { NewEntry, NewShare, Share } from "../../protocol/mealPlan.ts";
import { knownDay, knownMeal } from "./knownPlace.ts";
import { readMealPlan, type ShownEntry, type ShownPlan } from "./readMealPlan.ts";
import { list, record, text, textOrNull } from "./reading.ts";
import { nothing, request, type Result } from "./request.ts";
import { topicUrl } from "./streams.ts";

/** The address of a plan, for members or for the guest of a share link. */
function planUrl(planId: string, share: string | null): string {
  return `/api/mealplans/${encodeURIComponent(planId)}${shareQuery(share)}`;
}

/** The address of a plan's stream. */
export function planStreamUrl(planId: string, share: string | null): string {
  return topicUrl("mealplans", planId) + shareQuery(share);
}

/** A plan by its id. */
export function fetchPlan(planId: string, share: string | null): Promise<Result<ShownPlan>> {
  return request(planUrl(planId, share), readMealPlan);
}

/** A household's plan of a week; the server makes it at the first request. */
export function fetchPlanOfWeek(householdId: string, week: string): Promise<Result<ShownPlan>> {
  const household = encodeURIComponent(householdId);
  return request(`/api/households/${household}/mealplans?week=${encodeURIComponent(week)}`, readMealPlan);
}

/** Adds a dish; sending the same `_id` twice adds it once. Answers the new plan. */
export function addEntry(planId: string, entry: ShownEntry, key: string): Promise<Result<ShownPlan>> {
  const body = newEntryOf(entry);
  return request(`${planUrl(planId, null)}/entries`, readMealPlan, { method: "POST", body, key });
}

/**
 * Changes a dish. Answers the new plan.
 * @param patch with `was`, what the user saw in the fields that change.
 */
export function changeEntry(
  planId: string,
  entryId: string,
  patch: object,
  key: string,
): Promise<Result<ShownPlan>> {
  return request(entryUrl(planId, entryId), readMealPlan, { method: "PATCH", body: patch, key });
}

/** Removes a dish. Answers the new plan. */
export function removeEntry(planId: string, entryId: string, key: string): Promise<Result<ShownPlan>> {
  return request(entryUrl(planId, entryId), readMealPlan, { method: "DELETE", key });
}

/** The share links of a plan, without their tokens. */
export function fetchShares(planId: string): Promise<Result<readonly Share[]>> {
  return request(`${planUrl(planId, null)}/shares`, (value) => list(value).map(readShare));
}

/** Makes a share link. Only this answer tells its address. */
export function createShare(planId: string, expiresAt: string | null): Promise<Result<NewShare>> {
  const body = expiresAt === null ? {} : { expiresAt };
  return request(`${planUrl(planId, null)}/shares`, readNewShare, { method: "POST", body });
}

/** Ends a share link; its streams close. */
export function revokeShare(planId: string, shareId: string): Promise<Result<null>> {
  const url = `${planUrl(planId, null)}/shares/${encodeURIComponent(shareId)}`;
  return request(url, nothing, { method: "DELETE" });
}

/** A dish as it is sent: who adds it is known, and how many it serves is the recipe's to say when nobody does. */
function newEntryOf(entry: ShownEntry): NewEntry {
  const { _id, recipeId, title, note, servings } = entry;
  const place = { day: knownDay(entry.day), meal: knownMeal(entry.meal) };
  return { _id, ...place, recipeId, title, note, ...(servings === null ? {} : { servings }) };
}

function entryUrl(planId: string, entryId: string): string {
  return `${planUrl(planId, null)}/entries/${encodeURIComponent(entryId)}`;
}

function shareQuery(share: string | null): string {
  return share === null ? "" : `?share=${encodeURIComponent(share)}`;
}

function readShare(value: unknown): Share {
  const share = record(value);
  return {
    _id: text(share["_id"]),
    expiresAt: textOrNull(share["expiresAt"]),
    createdAt: text(share["createdAt"]),
  };
}

function readNewShare(value: unknown): NewShare {
  const share = record(value);
  return {
    _id: text(share["_id"]),
    url: text(share["url"]),
    token: text(share["token"]),
    expiresAt: textOrNull(share["expiresAt"]),
  };
}
