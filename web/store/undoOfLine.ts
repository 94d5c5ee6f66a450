import type { ActivityLine } from "../../protocol/activity.ts";
import type { EntryFields } from "../../protocol/mealPlan.ts";
import { readEntry } from "../api/readMealPlan.ts";
import type { EntryEdit } from "../edits/work.ts";

type Fields = NonNullable<ActivityLine["before"]>;

/** Fields that may be empty. */
const EMPTY: Readonly<Record<string, string | null>> = { note: "", recipeId: null };

/**
 * The edit that takes back what a line tells of, and nothing else: it says as seen what the line made of the dish.
 * @returns `null` where not all is known that was before.
 */
export function undoOfLine({ kind, entryId, before, after, cut }: ActivityLine): EntryEdit | null {
  if (kind === "added") return { kind: "remove", entryId, seen: { ...readEntry(after, 0), _id: entryId } };
  if (cut.length > 0 || before === null) return null;
  if (kind === "removed") return { kind: "add", entry: { ...readEntry(before, 0), _id: entryId } };
  const [change, seen] = [complete(before), complete(after ?? {})];
  return change && seen && { kind: "change", entryId, change, seen };
}

/** `null` when a field has no value that could be sent: somebody had typed the dish into the database. */
function complete(fields: Fields): Partial<EntryFields> | null {
  const filled = Object.entries(fields).map(([name, value]) => [name, value ?? EMPTY[name]] as const);
  return filled.some(([, value]) => value === undefined)
    ? null
    : (Object.fromEntries(filled) as Partial<EntryFields>);
}
