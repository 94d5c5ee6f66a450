import type { ClientSession, Collection, Document, ObjectId } from "mongodb";

import { TIMED } from "../durable-objects/database/timed.ts";
import { weekOf } from "../protocol/week.ts";

/** How many plans of a household are told to their hubs by the writer; the trigger tells the hubs of the others. */
const TOLD_AT_ONCE = 20;

/**
 * The plans of a household that somebody is most likely watching: this week's first, then those of the weeks to come and
 * of the latest that have gone by, by turns.
 */
export async function plansAround(
  mealPlans: Collection<Document>,
  householdId: ObjectId,
  now: Date,
  session: ClientSession,
): Promise<readonly Document[]> {
  const week = weekOf(now);
  const options = { session, limit: TOLD_AT_ONCE };
  const coming = await mealPlans
    .find({ householdId, week: { $gte: week } }, { ...TIMED, ...options, sort: { week: 1 } })
    .toArray();
  const past = await mealPlans
    .find({ householdId, week: { $lt: week } }, { ...TIMED, ...options, sort: { week: -1 } })
    .toArray();
  const turns = Array.from({ length: TOLD_AT_ONCE }, (_, turn) => [coming[turn], past[turn]]);
  return turns
    .flat()
    .filter((plan) => plan !== undefined)
    .slice(0, TOLD_AT_ONCE);
}
