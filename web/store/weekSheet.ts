import { DAYS, MEALS, type Day } from "../../protocol/mealPlan.ts";
import type { ShownEntry } from "../api/readMealPlan.ts";
import { capital } from "./dates.ts";
import { dayIndex } from "./dayOfWeek.ts";
import { cellName } from "./Entries.ts";
import type { PlanStore } from "./PlanStore.ts";

type Dish = Pick<ShownEntry, "day" | "meal" | "title">;

/** A day as the small week shows it. */
export interface SheetDay {
  readonly day: Day;
  /** The day's first dinner, or what there is instead; empty for none. */
  readonly dish: string;
  /** The rest of the day, as in “Breakfast: Pancakes”. */
  readonly others: string;
}

/** Fewer than these would look like no week at all. */
const FEWEST_DAYS = 5;

/** The week in a few words per day. */
export function sheetOf(dishes: readonly Dish[]): readonly SheetDay[] {
  return DAYS.map((day) => {
    const today = dishes.filter((dish) => dish.day === day);
    const main = today.find(({ meal }) => meal === "dinner") ?? today[0];
    const others = today.filter((dish) => dish !== main);
    return {
      day,
      dish: main?.title ?? "",
      others: others.map(({ meal, title }) => `${capital(meal)}: ${title}`).join(" · "),
    };
  });
}

/** The days from today on, and some before it towards the week's end. @param today midnight UTC. */
export function daysToShow(days: readonly SheetDay[], today: number): readonly SheetDay[] {
  return days.slice(Math.min(dayIndex(today), DAYS.length - FEWEST_DAYS));
}

/** The dishes of a plan in the order of the week. Whoever paints them is painted again when one changes. */
export function dishesOf({ entries }: PlanStore): readonly Dish[] {
  const cells = DAYS.flatMap((day) => MEALS.map((meal) => entries.cell(cellName(day, meal)).value));
  return cells.flat().flatMap((id) => entries.view(id)?.value.entry ?? []);
}
