import type { ClientSession, Document } from "mongodb";

import { newestPlans } from "./newestPlans.ts";
import type { Store } from "./Store.ts";

/** Changes all plans of a household, within a transaction. Answers the newest, as they are then. */
export async function changePlans(
  { mealPlans }: Store,
  household: Document,
  change: Document,
  session: ClientSession,
): Promise<readonly Document[]> {
  await mealPlans.updateMany({ householdId: household["_id"] }, change, { session });
  return newestPlans(mealPlans, household["_id"], session);
}
