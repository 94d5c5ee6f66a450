import { type ClientSession, type Document, ObjectId } from "mongodb";

import { either } from "../durable-objects/database/either.ts";
import { TIMED } from "../durable-objects/database/timed.ts";
import { seenBy } from "./householdMembers.ts";
import type { Store } from "./Store.ts";

/** A filter that finds a line of a household's list; `null` when the user is no member. */
export async function visibleLine(
  { households }: Store,
  householdId: string,
  lineId: string,
  userId: string,
  session?: ClientSession,
): Promise<Document | null> {
  const household = await households.findOne(seenBy(householdId, userId), {
    ...TIMED,
    ...(session && { session }),
    projection: { _id: 1 },
  });
  return household && { _id: new ObjectId(lineId), householdId: either(householdId) };
}
