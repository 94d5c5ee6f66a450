import type { Document } from "mongodb";

import { type Answer, good, refused } from "../protocol/answer.ts";
import type { Edit } from "./Edit.ts";
import { type ActivityLine, storedLine } from "./activityLine.ts";
import { untilNotOvertaken } from "./overtaken.ts";
import { visiblePlan, writePlan, type WrittenPlan } from "./planAccess.ts";
import { applied, isApplied, notApplied, remembering, together } from "./rememberedEdits.ts";
import type { Store } from "./Store.ts";
import { planData } from "./wire.ts";
import { TIMED } from "../durable-objects/database/timed.ts";

/** The keys of the last edits tell whether this one was applied; what they changed would only be carried around. */
const WITHOUT_DETAILS = { "activity.before": 0, "activity.after": 0 };

/** What is to be written on a plan that was read. */
export interface PlanWrite {
  /** What of the plan must still be so. */
  readonly filter: Document;
  readonly update: Document;
  readonly arrayFilters?: Document[];
  /** What people are told of it. */
  readonly line: ActivityLine;
}

/**
 * Edits a plan by what is on it: reads it, decides, and writes on the condition that nobody was faster. Refuses
 * `not-found`, and what `decide` refuses. A decision of `null` changes nothing, nor does an edit that was applied.
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
    const plan = await store.mealPlans.findOne(visible, { ...TIMED, projection: WITHOUT_DETAILS });
    if (!plan) return refused("not-found");
    if (isApplied(plan, "activity", edit))
      return repeated(store, { ...visible, ...applied("activity", edit) });
    const decision = await decide(plan, tries);
    if (!decision.ok) return decision;
    if (!decision.value) return good({ data: planData(plan), changes: [] });
    const { filter, update, arrayFilters, line } = decision.value;
    const fitting = { ...visible, ...notApplied("activity", edit), ...filter };
    const told = together(update, remembering(plan, "activity", storedLine(line, edit)));
    const written = await writePlan(store, fitting, told, edit.at, arrayFilters);
    return written && good(written);
  });
}

/** The plan with an edit that was applied before; `null` as long as a new primary might still undo that. */
async function repeated(store: Store, filter: Document): Promise<Answer<WrittenPlan> | null> {
  const plan = await store.mealPlans.findOne(filter, { ...TIMED, readConcern: { level: "majority" } });
  return plan && good({ data: planData(plan), changes: [] });
}
