import { DAYS, type Day } from "../../protocol/mealPlan.ts";
import { mondayOf } from "../../protocol/week.ts";

const DAY_MS = 86_400_000;

const DAY_MONTH = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const LONG = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});
const CLOCK = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const MOMENT = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

/** The days of a week with their dates; no date for a week that does not exist. */
export function daysOf(week: string): readonly { readonly day: Day; readonly date: Date | null }[] {
  const monday = mondayOf(week);
  return DAYS.map((day, index) => ({
    day,
    date: monday && new Date(monday.getTime() + index * DAY_MS),
  }));
}

/** A day's date as in “16 Nov”. */
export function dateText(date: Date): string {
  return DAY_MONTH.format(date);
}

/** A week as in “16 – 22 November 2026”; the week's own name when it does not exist. */
export function weekText(week: string): string {
  const monday = mondayOf(week);
  return monday
    ? LONG.formatRange(monday, new Date(monday.getTime() + 6 * DAY_MS))
    : week || "An unnamed week";
}

/** A moment on the user's clock; the text as it is when it is no moment. */
export function momentText(iso: string): string {
  const moment = new Date(iso);
  return Number.isNaN(moment.getTime()) ? iso : MOMENT.format(moment);
}

/** A time of day with its seconds, on the user's clock. @param moment milliseconds since 1970. */
export function clockText(moment: number): string {
  return CLOCK.format(moment);
}

/** A word with a capital letter, as in headings. */
export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
