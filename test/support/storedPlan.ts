import { EJSON, type ObjectId } from "bson";
import type { Db } from "mongodb";

import { readDocument } from "../../streams/declare/readDocument.ts";
import { mealplans } from "../../streams/mealplans.ts";

/** A plan as the database holds it now, in the text that pages get; `null` when there is none. */
export async function storedPlan(db: Db, planId: ObjectId): Promise<string | null> {
  const document = await db.collection("mealplans").findOne({ _id: planId });
  const item = document && readDocument(mealplans, EJSON.serialize(document, { relaxed: false }) as never);
  return item?.data ?? null;
}
