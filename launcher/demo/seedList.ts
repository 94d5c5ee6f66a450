import type { MealPlan } from "../../protocol/mealPlan.ts";
import type { ShoppingLine } from "../../protocol/shoppingList.ts";
import type { DemoDish } from "./demoWeek.ts";
import type { DemoPerson } from "./DemoPerson.ts";

/** What is in the trolley already, and who has put it there. */
const TICKED = [
  { name: "spaghetti", by: "jon" },
  { name: "chickpeas", by: "jane" },
] as const satisfies readonly { readonly name: string; readonly by: DemoDish["by"] }[];

/**
 * Makes the shopping list of the demo week, with two ticks. Only once for a plan: what became of the list since is left
 * alone.
 * @throws Error when the API refuses.
 */
export async function seedList(
  plan: MealPlan,
  people: Readonly<Record<DemoDish["by"], DemoPerson>>,
): Promise<void> {
  const path = `/api/households/${plan.householdId}/list`;
  const { lines } = await people.jon.ask<{ readonly lines: readonly ShoppingLine[] }>(
    "POST",
    `${path}/from-plan`,
    { planId: plan._id },
    `demo-list-${plan._id}`,
  );
  await Promise.all(
    TICKED.map(async ({ name, by }) => {
      const line = lines.find((one) => one.name === name);
      if (line) await people[by].ask<ShoppingLine>("PATCH", `${path}/${line._id}`, { done: true });
    }),
  );
}
