import type { Activity } from "../../protocol/activity.ts";
import type { MealPlan } from "../../protocol/mealPlan.ts";
import type { Recipe } from "../../protocol/recipe.ts";
import type { DemoPerson } from "./DemoPerson.ts";
import { DEMO_WEEK, type DemoDish } from "./demoWeek.ts";

/** The keys of our own edits begin so. */
const OURS = "demo-";

/**
 * Puts the demo week on a plan. A plan on which somebody else has done something is left alone; our own dishes have
 * keys, so that one which is there, or was taken off in the database, is not added again.
 * @throws Error when the API refuses.
 */
export async function seedWeek(
  plan: MealPlan,
  recipes: readonly Recipe[],
  people: Readonly<Record<DemoDish["by"], DemoPerson>>,
): Promise<void> {
  const path = `/api/mealplans/${plan._id}`;
  const { activity } = await people.jon.ask<Activity>("GET", `${path}/activity`);
  if (activity.some(({ _id }) => !_id.startsWith(OURS))) return;
  const ids = new Map(recipes.map(({ _id, title }) => [title, _id]));
  await Promise.all(
    DEMO_WEEK.map(({ by, ...dish }) => {
      const body = { ...dish, recipeId: ids.get(dish.title) ?? null };
      return people[by].ask<MealPlan>("POST", `${path}/entries`, body, `${OURS}${dish.day}-${dish.meal}`);
    }),
  );
}
