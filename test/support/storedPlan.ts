import { EJSON, type ObjectId } from "bson";
import type { Db } from "mongodb";

import { MEAL_PLANS, mealPlanData } from "../../protocol/mealPlanStream.ts";

/** A plan as the database holds it now, in the text that pages get; `null` when there is none. */
export async function storedPlan(db: Db, planId: ObjectId): Promise<string | null> {
  const document = await db.collection(MEAL_PLANS).findOne({ _id: planId });
  return document && mealPlanData(EJSON.serialize(document, { relaxed: false }) as never);
}
