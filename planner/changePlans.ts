import type { ClientSession, Document } from "mongodb";

import { plansAround } from "./plansAround.ts";
import type { Store } from "./Store.ts";

/** Changes all plans of a household, within a transaction. Answers those around now, as they are then. */
export async function changePlans(
  { mealPlans }: Store,
  household: Document,
  change: Document,
  now: Date,
  session: ClientSession,
): Promise<readonly Document[]> {
  await mealPlans.updateMany({ householdId: household["_id"] }, change, { session });
  return plansAround(mealPlans, household["_id"], now, session);
}
