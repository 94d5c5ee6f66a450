import type { Day, Meal } from "../../protocol/mealPlan.ts";

/** A dish of the demo week. Its title is that of a recipe, or it has none. */
export interface DemoDish {
  readonly day: Day;
  readonly meal: Meal;
  readonly title: string;
  readonly by: "jon" | "jane";
  readonly note?: string;
  /** As many as the recipe, if it is not said. */
  readonly servings?: number;
}

/** What the Does eat this week. */
export const DEMO_WEEK: readonly DemoDish[] = [
  { day: "monday", meal: "breakfast", title: "Overnight oats with berries", by: "jane" },
  {
    day: "monday",
    meal: "lunch",
    title: "Red lentil soup with lemon",
    by: "jane",
    note: "Keep half for Tuesday",
  },
  { day: "monday", meal: "dinner", title: "Spaghetti with tomatoes and capers", by: "jon" },
  { day: "tuesday", meal: "breakfast", title: "Porridge with apple and cinnamon", by: "jane" },
  { day: "tuesday", meal: "lunch", title: "The rest of the lentil soup", by: "jane", servings: 2 },
  { day: "tuesday", meal: "dinner", title: "Salmon with dill and new potatoes", by: "jon", servings: 4 },
  { day: "wednesday", meal: "breakfast", title: "Overnight oats with berries", by: "jane" },
  {
    day: "wednesday",
    meal: "dinner",
    title: "Chickpea and spinach curry",
    by: "jane",
    note: "Jane is late: Jon cooks",
  },
  { day: "thursday", meal: "lunch", title: "Greek salad with warm bread", by: "jane", servings: 2 },
  { day: "thursday", meal: "dinner", title: "Halloumi and pepper traybake", by: "jane" },
  { day: "friday", meal: "breakfast", title: "Porridge with apple and cinnamon", by: "jon" },
  { day: "friday", meal: "dinner", title: "Friday pizza", by: "jon", note: "Start the dough at four" },
  { day: "friday", meal: "snack", title: "Hummus with carrot sticks", by: "jane" },
  { day: "saturday", meal: "breakfast", title: "Pancakes", by: "jon" },
  { day: "saturday", meal: "lunch", title: "Cheese and ham toasties", by: "jon" },
  {
    day: "saturday",
    meal: "dinner",
    title: "Dinner at Grandma's",
    by: "jane",
    servings: 4,
    note: "Bring the crumble",
  },
  { day: "sunday", meal: "breakfast", title: "Shakshuka", by: "jane" },
  { day: "sunday", meal: "dinner", title: "Roast chicken with lemon potatoes", by: "jon" },
  { day: "sunday", meal: "snack", title: "Apple crumble", by: "jane" },
];
