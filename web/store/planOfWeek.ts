import { fetchHouseholds } from "../api/households.ts";
import { fetchPlanOfWeek } from "../api/mealPlans.ts";
import type { ShownPlan } from "../api/readMealPlan.ts";
import type { Result } from "../api/request.ts";
import { lastHousehold } from "./lastHousehold.ts";
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

/** Keeps it no longer. */
export function forgetOpenedPlan(): void {
  opened = null;
}

/** This week's plan of the household that the user looked at last, or of the first; `null` for a user without one. */
export async function openHomePlan(account: string): Promise<Result<{ readonly planId: string | null }>> {
  const households = await fetchHouseholds();
  if (!households.ok) return households;
  const last = lastHousehold(account);
  const home = households.value.find(({ _id }) => _id === last) ?? households.value[0];
  if (!home) return { ok: true, value: { planId: null } };
  const plan = await openPlanOfWeek(home._id, thisWeek.peek());
  return plan.ok ? { ok: true, value: { planId: plan.value._id } } : plan;
}
