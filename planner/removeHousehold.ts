import type { ClientSession, Document } from "mongodb";

import { newestPlans } from "./newestPlans.ts";
import type { Store } from "./Store.ts";

/** Removes a household with all that is its own, within a transaction. Answers its newest plans, as they were. */
export async function removeHousehold(
  { households, mealPlans, recipes, invites }: Store,
  household: Document,
  session: ClientSession,
): Promise<readonly Document[]> {
  const own = { householdId: household["_id"] };
  const plans = await newestPlans(mealPlans, household["_id"], session);
  await households.deleteOne({ _id: household["_id"] }, { session });
  await mealPlans.deleteMany(own, { session });
  await recipes.deleteMany(own, { session });
  await invites.deleteMany(own, { session });
  return plans;
}
