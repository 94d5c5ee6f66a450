import { fetchHouseholds } from "../api/households.ts";
import { fetchPlanOfWeek } from "../api/mealPlans.ts";
import type { ShownPlan } from "../api/readMealPlan.ts";
import type { Result } from "../api/request.ts";
import { thisWeek } from "./today.ts";

let opened: ShownPlan | null = null;

/** Reads a household's plan of a week and keeps it for the page that is about to show it. */
export async function openPlanOfWeek(householdId: string, week: string): Promise<Result<ShownPlan>> {
  const result = await fetchPlanOfWeek(householdId, week);
  if (result.ok) opened = result.value;
  return result;
}

/** The plan that was opened last, when it is this one. */
export function openedPlan(planId: string): ShownPlan | null {
  return opened?._id === planId ? opened : null;
}

/** This week's plan of the user's first household; `null` for a user without one. */
export async function openHomePlan(): Promise<Result<{ readonly planId: string | null }>> {
  const households = await fetchHouseholds();
  if (!households.ok) return households;
  const [first] = households.value;
  if (!first) return { ok: true, value: { planId: null } };
  const plan = await openPlanOfWeek(first._id, thisWeek.peek());
  return plan.ok ? { ok: true, value: { planId: plan.value._id } } : plan;
}
