import { list, numberOrNull, record, text, textOrNull } from "./reading.ts";
import { readMark, readRemoved, type Mark, type RemovedDish } from "./readMarks.ts";

/** A dish as the page shows it. `day` and `meal` are whatever the database holds. */
export interface ShownEntry {
  readonly _id: string;
  readonly day: string;
  readonly meal: string;
  readonly recipeId: string | null;
  readonly title: string;
  readonly servings: number | null;
  readonly note: string;
  readonly addedBy: string | null;
}

/** A plan as the page shows it. */
export interface ShownPlan {
  readonly _id: string;
  readonly householdId: string;
  readonly week: string;
  readonly entries: readonly ShownEntry[];
  /** Who changed which dish last, by the dish's id. */
  readonly marks: ReadonlyMap<string, Mark>;
  /** The last dishes that were taken off, the newest last. */
  readonly removed: readonly RemovedDish[];
  /** ISO 8601; empty when the database does not tell. */
  readonly updatedAt: string;
}

/** Reads a plan. Never fails. */
export function readMealPlan(value: unknown): ShownPlan {
  const plan = record(value);
  const sent = list(plan["entries"]);
  const entries = withDistinctIds(sent.map(readEntry));
  return {
    _id: text(plan["_id"]),
    householdId: text(plan["householdId"]),
    week: text(plan["week"]),
    entries,
    marks: new Map(entries.map(({ _id }, index) => [_id, readMark(sent[index])])),
    removed: readRemoved(plan["removed"]),
    updatedAt: text(plan["updatedAt"]),
  };
}

/** Reads a dish. Never fails. */
export function readEntry(value: unknown, index: number): ShownEntry {
  const entry = record(value);
  return {
    _id: text(entry["_id"]) || `nameless-${index}`,
    day: text(entry["day"]),
    meal: text(entry["meal"]),
    recipeId: textOrNull(entry["recipeId"]),
    title: text(entry["title"]).trim() || (typeof value === "string" && value) || "Untitled",
    servings: numberOrNull(entry["servings"]),
    note: text(entry["note"]),
    addedBy: textOrNull(entry["addedBy"]),
  };
}

/** Two entries with one id would be one node on the page, and one of them would not be seen. */
function withDistinctIds(entries: readonly ShownEntry[]): readonly ShownEntry[] {
  const seen = new Set<string>();
  return entries.map((entry, index) => {
    const _id = seen.has(entry._id) ? `${entry._id}-${index}` : entry._id;
    seen.add(_id);
    return _id === entry._id ? entry : { ...entry, _id };
  });
}
