import type { Document } from "mongodb";

import { type Answer, good, refused } from "../protocol/answer.ts";
import type { Edit } from "./Edit.ts";
import { untilNotOvertaken } from "./overtaken.ts";
import { visiblePlan, writePlan, type WrittenPlan } from "./planAccess.ts";
import type { Store } from "./Store.ts";
import { planData } from "./wire.ts";

/** What is to be written on a plan that was read. */
export interface PlanWrite {
  /** What of the plan must still be so. */
  readonly filter: Document;
  readonly update: Document;
  readonly arrayFilters?: Document[];
}

/**
 * Edits a plan by what is on it: reads it, decides, and writes on the condition that nobody was faster. Refuses
 * `not-found`, and what `decide` refuses. A decision of `null` changes nothing.
 * @param decide is told how often others were faster.
 */
export function editPlan(
  store: Store,
  planId: string,
  edit: Edit,
  decide: (plan: Document, tries: number) => Promise<Answer<PlanWrite | null>>,
): Promise<Answer<WrittenPlan>> {
  const visible = visiblePlan(planId, edit.userId);
  return untilNotOvertaken(async (tries) => {
    const plan = await store.mealPlans.findOne(visible);
    if (!plan) return refused("not-found");
    const decision = await decide(plan, tries);
    if (!decision.ok) return decision;
    if (!decision.value) return good({ data: planData(plan), changes: [] });
    const { filter, update, arrayFilters } = decision.value;
    const written = await writePlan(store, { ...visible, ...filter }, update, edit.at, arrayFilters);
    return written && good(written);
  });
}
