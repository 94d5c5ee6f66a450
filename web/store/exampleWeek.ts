import type { ShownEntry } from "../api/readMealPlan.ts";

/** A week for visitors of a place that has no household to show. */
export const EXAMPLE_WEEK: readonly Pick<ShownEntry, "day" | "meal" | "title">[] = [
  { day: "monday", meal: "dinner", title: "Spaghetti with tomatoes and capers" },
  { day: "monday", meal: "lunch", title: "Red lentil soup" },
  { day: "tuesday", meal: "dinner", title: "Salmon with dill and new potatoes" },
  { day: "wednesday", meal: "dinner", title: "Chickpea and spinach curry" },
  { day: "wednesday", meal: "breakfast", title: "Overnight oats" },
  { day: "thursday", meal: "dinner", title: "Halloumi and pepper traybake" },
  { day: "friday", meal: "dinner", title: "Friday pizza" },
  { day: "saturday", meal: "dinner", title: "Dinner at Grandma's" },
  { day: "saturday", meal: "breakfast", title: "Pancakes" },
  { day: "sunday", meal: "dinner", title: "Roast chicken with lemon potatoes" },
  { day: "sunday", meal: "snack", title: "Apple crumble" },
];
