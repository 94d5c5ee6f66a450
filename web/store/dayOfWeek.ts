import { DAYS, type Day } from "../../protocol/mealPlan.ts";

const DAY_MS = 86_400_000;

/** The day of the week that a day is. @param today midnight UTC. */
export function dayName(today: number): Day {
  return DAYS[dayIndex(today)] ?? DAYS[0];
}

/** Counted from Monday, which is 0. 1970 began on a Thursday. @param today midnight UTC. */
export function dayIndex(today: number): number {
  return (Math.floor(today / DAY_MS) + 3) % DAYS.length;
}
