import { readMealPlan, type ShownPlan } from "../../../web/api/readMealPlan.ts";

export const ADA = "a".repeat(24);
export const JANE = "b".repeat(24);

/** A dish as the wire has it, changed last by Jane at noon. */
export function dish(_id: string, more: object = {}): object {
  const mark = { changedBy: JANE, changedAt: "2026-11-20T12:00:00.000Z" };
  return { _id, day: "monday", meal: "dinner", title: "Soup", servings: 2, note: "", ...mark, ...more };
}

/** A plan as the page reads it. */
export function planWith(entries: readonly object[], more: object = {}): ShownPlan {
  return readMealPlan({
    _id: "p".repeat(24),
    week: "2026-W47",
    updatedAt: "2026-11-20T12:00:00.000Z",
    entries,
    ...more,
  });
}
