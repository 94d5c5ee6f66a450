import { type Document, ObjectId } from "mongodb";

import { isObjectId } from "../protocol/objectId.ts";
import { either } from "../durable-objects/database/either.ts";
import type { StoredMealPlan } from "./storedDocuments.ts";
import { householdOf } from "./wire.ts";

/** Finds a household, if the user is a member. */
export function seenBy(householdId: string, userId: string): Document {
  return { _id: new ObjectId(householdId), "members.userId": either(userId) };
}

/** True when the user is a member of the household. */
export function isMember(household: Document, userId: string): boolean {
  return householdOf(household).members.some((member) => member.userId === userId);
}

/** True when the user owns the household. */
export function isOwner(household: Document, userId: string): boolean {
  return householdOf(household).members.some((member) => member.userId === userId && member.role === "owner");
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
