import type { ActivityLine } from "../../protocol/activity.ts";
import type { ShownEntry } from "../api/readMealPlan.ts";
import { text } from "../api/reading.ts";

/** Where a dish is on the plan. */
interface Place {
  readonly day: string;
  readonly meal: string;
}

/** A line of a plan's activity with all that it takes to tell it. */
export interface ToldLine {
  readonly line: ActivityLine;
  /** Where the dish was before; `null` when it was not there. */
  readonly from: Place | null;
  /** Where it was after that; `null` when it was removed. */
  readonly to: Place | null;
  /** True when the same dish was edited again after that. */
  readonly isFollowed: boolean;
}

/** Of a dish whose place nobody knows. */
export const NOWHERE: Place = { day: "", meal: "" };

/**
 * A line tells what changed, and so only half of a place when the other half stayed. The rest follows from where the dish
 * is now, back from line to line.
 * @param lines the newest first.
 */
export function toldLines(
  lines: readonly ActivityLine[],
  entries: readonly ShownEntry[],
): readonly ToldLine[] {
  const places = new Map<string, Place>(entries.map((entry) => [entry._id, entry]));
  const seen = new Set<string>();
  return lines.map((line) => {
    const { entryId, kind } = line;
    const to = kind === "removed" ? null : placeIn(line.after, places.get(entryId));
    const from = kind === "added" ? null : placeIn(line.before, to ?? places.get(entryId));
    places.set(entryId, from ?? NOWHERE);
    const isFollowed = seen.has(entryId);
    seen.add(entryId);
    return { line, from, to, isFollowed };
  });
}

function placeIn(fields: ActivityLine["before"], known: Place = NOWHERE): Place {
  return { day: text(fields?.["day"]) || known.day, meal: text(fields?.["meal"]) || known.meal };
}
