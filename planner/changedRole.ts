import type { ClientSession, Document } from "mongodb";

import { type Answer, good, refused } from "../protocol/answer.ts";
import type { Role } from "../protocol/household.ts";
import { roleIn, staysFor } from "../protocol/roles.ts";
import { may, seenBy } from "./householdMembers.ts";
import type { Store } from "./Store.ts";
import { householdOf } from "./wire.ts";
import { TIMED } from "../durable-objects/database/timed.ts";

/** Whose role is to change, in which household, and who wants it. */
export interface RoleWish {
  readonly householdId: string;
  readonly memberId: string;
  readonly role: Role;
  readonly userId: string;
}

/**
 * Gives a member another role, within a transaction. Refuses `not-found`, `forbidden`, and `sole-owner` where nobody
 * else would own the household. Answers the household, and whether it has changed.
 */
export async function changedRole(
  { households }: Store,
  { householdId, memberId, role, userId }: RoleWish,
  now: Date,
  session: ClientSession,
): Promise<Answer<{ readonly household: Document; readonly isNew: boolean }>> {
  const stored = await households.findOne(seenBy(householdId, userId), { ...TIMED, session });
  const household = stored && householdOf(stored);
  const before = household && roleIn(household, memberId);
  if (!stored || !household || before === null) return refused("not-found");
  if (!may(stored, userId, "changeRole")) return refused("forbidden", "Only an owner gives roles");
  if (before === role) return good({ household: stored, isNew: false });
  if (role === "member" && staysFor(household, memberId) !== null) return refused("sole-owner");
  const members = (stored["members"] as readonly Document[]).map((member, index) =>
    household.members[index]?.userId === memberId ? { ...member, role } : member,
  );
  const changed = await households.findOneAndUpdate(
    { _id: stored._id },
    { $set: { members, updatedAt: now } },
    { session, returnDocument: "after" },
  );
  return changed ? good({ household: changed, isNew: true }) : refused("not-found");
}
