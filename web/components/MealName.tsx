import type { Meal } from "../../protocol/mealPlan.ts";
import { capital } from "../store/dates.ts";

/** A sun, a leaf, a pot, an apple. */
const LINES: Readonly<Record<Meal, string>> = {
  breakfast:
    "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 3v1M12 20v1M3 12h1M20 12h1M5.6 5.6l1 1M17.4 17.4l1 1M5.6 18.4l1-1M17.4 6.6l1-1",
  lunch: "M5 19C4 10 10 5 19 5 20 14 15 20 7 18M5 20c1-5 4-8 9-10",
  dinner: "M5 10h14v7a3 3 0 0 1-3 3H8a3 3 0 0 1-3-3zM2 12h3M19 12h3M9 7V5M12 7V4M15 7V5",
  snack: "M12 8c-2-2-7-2-7 4 0 4 3 8 5 8 1 0 1-1 2-1s1 1 2 1c2 0 5-4 5-8 0-6-5-6-7-4zM12 8q0-3 3-4",
};

/** A meal by its hue, its icon and its word. */
export function MealName({ meal }: { readonly meal: Meal }) {
  return (
    <span class="meal-name">
      <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <path d={LINES[meal]} />
      </svg>
      {capital(meal)}
    </span>
  );
}
