import { computed, signal } from "@preact/signals";
import { weekOf } from "../../protocol/week.ts";

const MINUTE_MS = 60_000;

/** Midnight UTC of the day that the user's own calendar shows: plans know days, not time zones. */
export const today = signal(localDay(new Date()));

/** The ISO week that holds today. */
export const thisWeek = computed(() => weekOf(new Date(today.value)));

/** Where a day lies in time; one of a week that does not exist lies ahead. @param now midnight UTC of today. */
export function ageOf(date: Date | null, now: number): "past" | "today" | "ahead" {
  if (date === null || date.getTime() > now) return "ahead";
  return date.getTime() === now ? "today" : "past";
}

/** Turns the page at midnight: a plan on a kitchen wall is never reloaded. */
export function watchToday(): void {
  setInterval(() => (today.value = localDay(new Date())), MINUTE_MS);
}

function localDay(moment: Date): number {
  return Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate());
}
