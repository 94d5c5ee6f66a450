import { type ClientSession, type Document, ObjectId } from "mongodb";

import type { ChangeText } from "../protocol/change.ts";
import type { Store } from "./Store.ts";
import { either } from "../durable-objects/database/either.ts";
import { sentProjection } from "../durable-objects/database/topicFilter.ts";
import { versionOfWrite } from "../durable-objects/database/transactions.ts";
import { mealplans } from "../streams/mealplans.ts";
import { changesTo, planData } from "./wire.ts";

/** A plan after a write: as its members get it, and what is to be published. */
export interface WrittenPlan {
  /** Wire JSON. */
  readonly data: string;
  readonly changes: readonly ChangeText[];
}

/** Finds a plan, if the user may see it. In a write it makes the right and the change one step. */
export function visiblePlan(planId: string, userId: string): Document {
  return { _id: new ObjectId(planId), memberIds: either(userId) };
}

/** Changes one plan in one step. Answers its whole new value, or `null` when none fits the filter. */
export async function writePlan(
  store: Store,
  filter: Document,
  change: Document,
  now: Date,
  arrayFilters: Document[] = [],
): Promise<WrittenPlan | null> {
  const update = { ...change, $set: { ...change["$set"], updatedAt: now } };
  return store.client.withSession(async (session: ClientSession) => {
    const version = versionOfWrite(store, session);
    const options = {
      session,
      returnDocument: "after",
      projection: sentProjection(mealplans),
      ...(arrayFilters.length > 0 && { arrayFilters }),
    } as const;
    const plan = await store.mealPlans.findOneAndUpdate(filter, update, options);
    return (
      plan && { data: planData(plan), changes: changesTo("mealPlans", [plan], version(), now.getTime()) }
    );
  });
}
