import type { ClientSession, Document } from "mongodb";

import { either } from "../durable-objects/database/either.ts";
import { plansAround } from "./plansAround.ts";
import type { Store } from "./Store.ts";

/** Removes a household with all that is its own, within a transaction. Answers its plans around now, as they were. */
export async function removeHousehold(
  { households, mealPlans, recipes, lists, goneLines, invites, calendars }: Store,
  household: Document,
  now: Date,
  session: ClientSession,
): Promise<readonly Document[]> {
  const own = { householdId: household["_id"] };
  const plans = await plansAround(mealPlans, household["_id"], now, session);
  await households.deleteOne({ _id: household["_id"] }, { session });
  await mealPlans.deleteMany(own, { session });
  await recipes.deleteMany(own, { session });
  await lists.deleteMany({ householdId: either(String(household["_id"])) }, { session });
  await goneLines.deleteMany(own, { session });
  await invites.deleteMany(own, { session });
  await calendars.deleteMany(own, { session });
  return plans;
}
