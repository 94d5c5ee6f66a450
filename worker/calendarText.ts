import type { HouseholdMeals, PlannedWeek } from "../planner/Calendars.ts";
import { DAYS, MEALS } from "../protocol/mealPlan.ts";
import { mondayOf } from "../protocol/week.ts";

type Dish = PlannedWeek["entries"][number];

interface MealEvent {
  /** The same as long as the dish is on a plan, so that calendars move it instead of adding another. */
  readonly id: string;
  /** Midnight UTC of its day. */
  readonly start: Date;
  readonly allDay: true;
  readonly summary: string;
  readonly description: string;
  readonly url: string;
  readonly stamp: Date;
}

const DAY_MS = 86_400_000;
const REFRESH_SECONDS = 3600;

/**
 * The meals of a household as a calendar of RFC 5545. Nobody said at what time a household eats: a dish is an event of
 * its day, which keeps nobody busy. @param origin what links to plans begin with.
 */
export async function calendarText({ household, plans }: HouseholdMeals, origin: string): Promise<string> {
  const { default: ical, ICalEventTransparency } = await import("ical-generator");
  const calendar = ical({
    name: `Meals of ${household.name}`,
    prodId: "//Mealcast//Meals//EN",
    ttl: REFRESH_SECONDS,
  });
  for (const event of plans.flatMap((plan) => eventsOf(plan, origin)))
    calendar.createEvent({ ...event, transparency: ICalEventTransparency.TRANSPARENT });
  return calendar.toString();
}

function eventsOf(plan: PlannedWeek, origin: string): readonly MealEvent[] {
  const monday = mondayOf(plan.week);
  if (!monday) return [];
  const inOrder = plan.entries.toSorted((one, other) => orderOf(one) - orderOf(other));
  return inOrder.flatMap((dish) => eventOf(dish, plan, monday, origin) ?? []);
}

/** `null` for a dish of a day or a meal that there is not. */
function eventOf(dish: Dish, plan: PlannedWeek, monday: Date, origin: string): MealEvent | null {
  const day = DAYS.findIndex((name) => name === dish.day);
  const meal = MEALS.find((name) => name === dish.meal);
  if (day < 0 || !meal) return null;
  return {
    id: `${dish._id}@mealcast`,
    start: new Date(monday.getTime() + day * DAY_MS),
    allDay: true,
    summary: `${meal.charAt(0).toUpperCase()}${meal.slice(1)}: ${dish.title}`,
    description: [servingsOf(dish), dish.note].filter((text) => text !== "").join("\n"),
    url: `${origin}/plans/${plan._id}`,
    stamp: new Date(plan.updatedAt),
  };
}

function servingsOf({ servings }: Dish): string {
  if (servings === null) return "";
  return servings === 1 ? "1 serving" : `${servings} servings`;
}

function orderOf({ day, meal }: Dish): number {
  return DAYS.findIndex((name) => name === day) * MEALS.length + MEALS.findIndex((name) => name === meal);
}
