import type { ShownEntry, ShownPlan } from "../api/readMealPlan.ts";

/** What became of a dish between two states of its plan. */
export interface PlanChange {
  readonly kind: "added" | "changed" | "moved" | "removed";
  /** The dish as it is; as it was, when it was removed. */
  readonly entry: ShownEntry;
  /** The dish as it was; `null` for one that was not there, or of which not all is known. */
  readonly before: ShownEntry | null;
  /** The id of the user who did it last; `null` when it was done outside the app, or when we are not told. */
  readonly by: string | null;
  /** ISO 8601; `null` like `by`. */
  readonly at: string | null;
}

const SHOWN: readonly (keyof ShownEntry)[] = ["title", "servings", "note", "recipeId"];

/** What changed from one state of a plan to another, dish by dish: those that are there first, then those that went. */
export function planChanges(before: ShownPlan, after: ShownPlan): readonly PlanChange[] {
  const known = new Map(before.entries.map((entry) => [entry._id, entry]));
  const there = new Set(after.entries.map(({ _id }) => _id));
  return [
    ...after.entries.flatMap((entry) => changeOf(entry, known.get(entry._id) ?? null, before, after)),
    ...before.entries.filter(({ _id }) => !there.has(_id)).map((entry) => removalOf(entry, before, after)),
  ];
}

function changeOf(
  entry: ShownEntry,
  was: ShownEntry | null,
  before: ShownPlan,
  after: ShownPlan,
): readonly PlanChange[] {
  const kind = kindOf(entry, was);
  return kind === null ? [] : [{ kind, entry, before: was, ...authorOf(entry._id, before, after) }];
}

/** The place counts for more than the rest: a dish that is elsewhere has to be looked for. */
function kindOf(entry: ShownEntry, was: ShownEntry | null): PlanChange["kind"] | null {
  if (was === null) return "added";
  if (entry.day !== was.day || entry.meal !== was.meal) return "moved";
  return SHOWN.some((field) => entry[field] !== was[field]) ? "changed" : null;
}

/** A dish that changed while its mark stayed was changed outside the app. */
function authorOf(id: string, before: ShownPlan, after: ShownPlan): Pick<PlanChange, "by" | "at"> {
  const mark = after.marks.get(id);
  const isNew = mark?.at !== undefined && mark.at !== before.marks.get(id)?.at;
  return isNew && mark ? mark : { by: null, at: null };
}

function removalOf(entry: ShownEntry, before: ShownPlan, after: ShownPlan): PlanChange {
  const told = after.removed.findLast(({ _id }) => _id === entry._id);
  const known = before.removed.findLast(({ _id }) => _id === entry._id);
  const { by, at } = told && told.at !== known?.at ? told : { by: null, at: null };
  return { kind: "removed", entry, before: entry, by, at };
}

/**
 * What others did to a plan after it was as of `updatedAt`, as far as the plan itself tells: not what was done outside
 * the app, and of each dish only what was done last.
 * @param updatedAt ISO 8601.
 */
export function changesSince(plan: ShownPlan, updatedAt: string): readonly PlanChange[] {
  const changed = plan.entries.flatMap((entry): readonly PlanChange[] => {
    const { by, at } = plan.marks.get(entry._id) ?? { by: null, at: null };
    return at !== null && at > updatedAt ? [{ kind: "changed", entry, before: null, by, at }] : [];
  });
  const there = new Set(plan.entries.map(({ _id }) => _id));
  const removed = plan.removed
    .filter(({ _id, at }) => at > updatedAt && !there.has(_id))
    .map(({ by, at, ...dish }): PlanChange => {
      const entry = { ...dish, recipeId: null, servings: null, note: "", addedBy: null };
      return { kind: "removed", entry, before: null, by, at };
    });
  return [...changed, ...removed];
}
