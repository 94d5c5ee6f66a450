import type { ClientSession, Collection, Document, ObjectId } from "mongodb";
import { TIMED } from "../durable-objects/database/timed.ts";

/** How many plans of a household are told to their hubs by the writer; the trigger tells the hubs of older ones. */
const TOLD_AT_ONCE = 20;

/** The plans of a household that somebody may be watching: those of its latest weeks. */
export async function newestPlans(
  mealPlans: Collection<Document>,
  householdId: ObjectId,
  session: ClientSession,
): Promise<readonly Document[]> {
  return mealPlans
    .find({ householdId }, { ...TIMED, session })
    .sort({ week: -1 })
    .limit(TOLD_AT_ONCE)
    .toArray();
}
