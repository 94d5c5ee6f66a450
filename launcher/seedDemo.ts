import type { Household, Invite } from "../protocol/household.ts";
import type { MealPlan } from "../protocol/mealPlan.ts";
import type { Recipe } from "../protocol/recipe.ts";
import { DemoPerson } from "./DemoPerson.ts";
import { DEMO_RECIPES } from "./demoRecipes.ts";

/** Accounts for local use. Everybody knows their passwords, so they are made on this machine only. */
export const JON = { email: "jon.doe@example.com", name: "Jon Doe", password: "jonpassword" } as const;
export const JANE = { email: "jane.doe@example.com", name: "Jane Doe", password: "janepassword" } as const;

/**
 * Makes Jon and Jane Doe of Doe's Household, with recipes and a plan for this week. Makes what is missing, so that a
 * start that was cut short is completed by the next one, and leaves alone what is there.
 * @param origin the page's address, without a slash at its end.
 * @throws Error when the API refuses.
 */
export async function seedDemo(origin: string): Promise<void> {
  const [jon, jane] = [new DemoPerson(origin), new DemoPerson(origin)];
  await Promise.all([jon.enter(JON), jane.enter(JANE)]);
  const household = await doeHousehold(jon);
  if (household.members.length === 1) await join(household, jon, jane);
  const recipes = await jon.ask<readonly Recipe[]>("GET", "/api/recipes");
  if (recipes.length === 0) await addRecipes(household, jon);
  await jon.ask<MealPlan>("GET", `/api/households/${household._id}/mealplans`);
}

async function doeHousehold(jon: DemoPerson): Promise<Household> {
  const [household] = await jon.ask<readonly Household[]>("GET", "/api/households");
  return household ?? jon.ask<Household>("POST", "/api/households", { name: "Doe's Household" });
}

async function join(household: Household, jon: DemoPerson, jane: DemoPerson): Promise<void> {
  const { token } = await jon.ask<Invite>("POST", `/api/households/${household._id}/invites`);
  await jane.ask<Household>("POST", `/api/invites/${token}/accept`);
}

/** One after the other, so that the list has them in this order. */
async function addRecipes(household: Household, jon: DemoPerson): Promise<void> {
  for (const recipe of DEMO_RECIPES) {
    await jon.ask<Recipe>("POST", "/api/recipes", { ...recipe, householdId: household._id });
  }
}
