import { DAYS, MEALS, type Day, type Meal } from "../../protocol/mealPlan.ts";

/** A day that exists: the API takes no other. Monday for one that does not. */
export function knownDay(text: string): Day {
  return DAYS.find((day) => day === text) ?? DAYS[0];
}

/** A meal that exists; dinner for one that does not. */
export function knownMeal(text: string): Meal {
  return MEALS.find((meal) => meal === text) ?? "dinner";
}
