import { capital } from "./dates.ts";

/** A place on the plan as in “Friday dinner”; what was typed by hand may have none. */
export function placeOf({ day, meal }: { readonly day: string; readonly meal: string }): string {
  return [capital(day), meal].filter(Boolean).join(" ") || "no day";
}

/** A word for one or for several. */
export function plural(word: string, count: number): string {
  return count === 1 ? word : `${word}s`;
}

/** As in “2 edits”. */
export function countOf(count: number, word: string): string {
  return `${count} ${plural(word, count)}`;
}
