import type { AccountEdits } from "../edits/AccountEdits.ts";
import { isUnsaved } from "../edits/pendingEdit.ts";
import { entryIdOf, type Work } from "../edits/work.ts";
import { planChanges, type PlanChange } from "./planChanges.ts";
import type { Arrival } from "./PlanStore.ts";

/**
 * The last of two moves of a dish wins: finds a dish that the user has moved in this tab, and somebody else after that.
 * While a move of the user's own is still on its way, theirs is the last.
 */
export function otherMoveOf({ before, after }: Arrival, edits: AccountEdits): PlanChange | null {
  if (before === null) return null;
  const mine = new Set(edits.made.list.peek().flatMap(({ work }) => movedDish(work)));
  const coming = edits.pending.peek().filter(isUnsaved);
  const onTheirWay = new Set(coming.flatMap(({ row }) => movedDish(row.work)));
  const moved = planChanges(before, after).find(
    ({ kind, entry, by }) =>
      kind === "moved" && by !== edits.account && mine.has(entry._id) && !onTheirWay.has(entry._id),
  );
  return moved ?? null;
}

function movedDish(work: Work): readonly string[] {
  if (work.kind !== "entry" || work.edit.kind !== "change") return [];
  const { day, meal } = work.edit.change;
  return day !== undefined || meal !== undefined ? [entryIdOf(work.edit)] : [];
}
