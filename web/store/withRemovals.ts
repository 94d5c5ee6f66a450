import type { Removal } from "./RecentChanges.ts";

/** What stands at one line of a place on the grid: a dish, or the trace of one. */
export type Line = { readonly id: string; readonly removal: Removal | null };

/** The dishes of a place with those that were removed a moment ago, each where it was. */
export function withRemovals(ids: readonly string[], removals: readonly Removal[]): readonly Line[] {
  const lines: Line[] = ids.map((id) => ({ id, removal: null }));
  for (const removal of removals) {
    const { behind, change } = removal;
    // What was in front of it may have gone as well, or moved.
    const index = behind === null ? -1 : lines.findIndex(({ id }) => id === behind);
    lines.splice(index + 1, 0, { id: change.entry._id, removal });
  }
  return lines;
}
