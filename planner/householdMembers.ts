import { type Document, ObjectId } from "mongodb";

import { isObjectId } from "../protocol/objectId.ts";
import { type HouseholdAction, mayInHousehold, roleIn } from "../protocol/roles.ts";
import { either } from "../durable-objects/database/either.ts";
import type { StoredMealPlan } from "./storedDocuments.ts";
import { householdOf } from "./wire.ts";

/** Finds a household, if the user is a member. */
export function seenBy(householdId: string, userId: string): Document {
  return { _id: new ObjectId(householdId), "members.userId": either(userId) };
}

/** True when the user is a member of the household. */
export function isMember(household: Document, userId: string): boolean {
  return roleIn(householdOf(household), userId) !== null;
}

/** Whether the user may do something in the household as it is stored, by the one table of rules. */
export function may(household: Document, userId: string, action: HouseholdAction): boolean {
  return mayInHousehold(householdOf(household), userId, action);
}

/** The ids of the household's members, as plans keep them. */
export function memberIdsOf(household: Document): readonly ObjectId[] {
  const ids = householdOf(household).members.map(({ userId }) => userId);
  return ids.filter(isObjectId).map((id) => new ObjectId(id));
}

/** A plan on which nothing stands yet. */
export function emptyPlan(
  householdId: ObjectId,
  week: string,
  memberIds: readonly ObjectId[],
  now: Date,
): StoredMealPlan {
  return { _id: new ObjectId(), householdId, week, entries: [], memberIds, createdAt: now, updatedAt: now };
}
