import { DAYS, type Day } from "../../protocol/mealPlan.ts";
import type { Recipe } from "../../protocol/recipe.ts";
import { dayIndex } from "./dayOfWeek.ts";
import { dinnerIdeas } from "./dinnerIdeas.ts";

const AT_ONCE = 3;
const DAY_MS = 86_400_000;
const NO_DINNER = /breakfast|snack|baking|dessert|frühstück|kuchen/i;

/** A dinner to begin a week with. */
export interface WeekIdea {
  readonly title: string;
  readonly recipe: Recipe | null;
  readonly day: Day;
}

/**
 * Three dinners for a week in which nothing is planned: the household's own recipes, filled up with what most people like.
 * @param turn others for another number.
 * @param today midnight UTC; `null` for a week that has not begun.
 */
export function emptyWeekIdeas(
  recipes: readonly Recipe[],
  turn: number,
  today: number | null,
): readonly WeekIdea[] {
  const dinners = recipes.filter(({ tags }) => !tags.some((tag) => NO_DINNER.test(tag)));
  const own = Array.from({ length: Math.min(AT_ONCE, dinners.length) }, (_, index) => {
    const recipe = dinners[(turn * AT_ONCE + index) % dinners.length] ?? null;
    return { title: recipe?.title ?? "", recipe };
  });
  const others = dinnerIdeas((today ?? 0) + turn * DAY_MS).map((title) => ({ title, recipe: null }));
  const first = today === null ? 0 : dayIndex(today);
  return [...own, ...others].slice(0, AT_ONCE).map((idea, index) => ({
    ...idea,
    day: DAYS[Math.min(first + index, DAYS.length - 1)] ?? DAYS[0],
  }));
}
