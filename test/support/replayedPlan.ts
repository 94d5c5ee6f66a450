import type { ActivityLine } from "../../protocol/activity.ts";

/** What the plan must be by what was done to it. */
export function replayed(story: readonly ActivityLine[]): readonly object[] {
  const dishes = new Map<string, object>();
  for (const { kind, entryId, after } of story) {
    if (kind === "removed") dishes.delete(entryId);
    else dishes.set(entryId, { ...dishes.get(entryId), _id: entryId, ...after });
  }
  return [...dishes.values()];
}

/** Dishes as lines that can be compared. */
export function dishesOf(entries: readonly object[]): readonly string[] {
  return entries
    .map((entry) => {
      const fields: Readonly<Record<string, unknown>> = { ...entry };
      return ["_id", "day", "meal", "title", "servings", "note"]
        .map((name) => String(fields[name]))
        .join(" | ");
    })
    .toSorted();
}
