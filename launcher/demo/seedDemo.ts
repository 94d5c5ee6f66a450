import type { Household, Invite } from "../../protocol/household.ts";
import type { MealPlan } from "../../protocol/mealPlan.ts";
import type { Recipe } from "../../protocol/recipe.ts";
import { DemoPerson } from "./DemoPerson.ts";
import { BREAKFASTS } from "./breakfasts.ts";
import { fieldsOf, type DemoRecipe } from "./DemoRecipe.ts";
import { DINNERS } from "./dinners.ts";
import { LUNCHES } from "./lunches.ts";
import { seedList } from "./seedList.ts";
import { seedWeek } from "./seedWeek.ts";
import { WEEKEND_DISHES } from "./weekendDishes.ts";

/** Accounts for local use. Everybody knows their passwords, so they are made on this machine only. */
export const JON = { email: "jon.doe@example.com", name: "Jon Doe", password: "jonpassword" } as const;
export const JANE = { email: "jane.doe@example.com", name: "Jane Doe", password: "janepassword" } as const;

const RECIPES: readonly DemoRecipe[] = [...BREAKFASTS, ...LUNCHES, ...DINNERS, ...WEEKEND_DISHES];

/**
 * Makes Jon and Jane Doe of Doe's Household, with recipes, a week of meals and its shopping list. Makes what is missing, so that a
 * start that was cut short is completed by the next one, and leaves alone what is there.
 * @param origin the page's address, without a slash at its end.
 * @throws Error when the API refuses.
 */
export async function seedDemo(origin: string): Promise<void> {
  const [jon, jane] = [new DemoPerson(origin), new DemoPerson(origin)];
  await Promise.all([jon.enter(JON), jane.enter(JANE)]);
  const household = await doeHousehold(jon);
  if (household.members.length === 1) await join(household, jon, jane);
  const recipes = await theirRecipes(household, jon);
  const plan = await jon.ask<MealPlan>("GET", `/api/households/${household._id}/mealplans`);
  await seedWeek(plan, recipes, { jon, jane });
  await seedList(plan, { jon, jane });
  await Promise.all([jon.leave(), jane.leave()]);
}

async function doeHousehold(jon: DemoPerson): Promise<Household> {
  const [household] = await jon.ask<readonly Household[]>("GET", "/api/households");
  return household ?? jon.ask<Household>("POST", "/api/households", { name: "Doe's Household" });
}

async function join(household: Household, jon: DemoPerson, jane: DemoPerson): Promise<void> {
  const { token } = await jon.ask<Invite>("POST", `/api/households/${household._id}/invites`);
  await jane.ask<Household>("POST", `/api/invites/${token}/accept`);
}

/** All at once: it is what a first start waits for. */
async function theirRecipes(household: Household, jon: DemoPerson): Promise<readonly Recipe[]> {
  const known = await jon.ask<readonly Recipe[]>("GET", "/api/recipes");
  if (known.length > 0) return known;
  const bodies = RECIPES.map((recipe) => ({ ...fieldsOf(recipe), householdId: household._id }));
  return Promise.all(bodies.map((body) => jon.ask<Recipe>("POST", "/api/recipes", body)));
}
