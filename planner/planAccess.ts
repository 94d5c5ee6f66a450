import { type ClientSession, type Document, ObjectId } from "mongodb";

import type { Update } from "../protocol/update.ts";
import { type Version, versionSeconds } from "../protocol/version.ts";
import type { Store } from "../durable-objects/database/Connection.ts";
import { either } from "./either.ts";
import { snapshotVersion, writtenVersion } from "../durable-objects/database/sessions.ts";
import { planUpdate } from "./wire.ts";

/** A plan as of one moment; `document` is `null` when it was not there. */
export interface PlanSnapshot {
  readonly document: Document | null;
  readonly version: Version;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Finds a plan, if the user may see it. In a write it makes the right and the change one step. */
export function visiblePlan(planId: string, userId: string): Document {
  return { _id: new ObjectId(planId), memberIds: either(userId) };
}

/** Reads a plan together with the cluster time of that read. */
export async function readPlan({ client, mealPlans }: Store, filter: Document): Promise<PlanSnapshot> {
  return client.withSession({ snapshot: true }, async (session) => {
    const document = await mealPlans.findOne(filter, { session });
    const version = snapshotVersion(session);
    return { document, version, at: versionSeconds(version) * 1000 };
  });
}

/** Changes one plan in one step. Answers its whole new value, or `null` when none fits the filter. */
export async function writePlan(
  { client, mealPlans }: Store,
  filter: Document,
  change: Document,
  now: Date,
  arrayFilters: Document[] = [],
): Promise<Update | null> {
  const update = { ...change, $set: { ...change["$set"], updatedAt: now } };
  return client.withSession(async (session: ClientSession) => {
    const options = {
      session,
      returnDocument: "after",
      ...(arrayFilters.length > 0 && { arrayFilters }),
    } as const;
    const plan = await mealPlans.findOneAndUpdate(filter, update, options);
    return plan && planUpdate(plan, writtenVersion(session), now.getTime());
  });
}
