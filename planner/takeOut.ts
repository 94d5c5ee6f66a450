import { type ClientSession, type Document, ObjectId } from "mongodb";

import { either } from "../durable-objects/database/either.ts";
import { changePlans } from "./changePlans.ts";
import type { Store } from "./Store.ts";
import { householdOf } from "./wire.ts";

/** A household within its transaction. */
export interface Membership {
  readonly household: Document;
  /** Those of its changed plans that somebody may be watching; `null` when nothing has changed. */
  readonly plans: readonly Document[] | null;
}

/**
 * Takes a member out of a household where others stay, within a transaction, with what would let them back in. Without
 * an owner among those who stay, whoever has been there longest becomes one. `null` when the household is gone.
 */
export async function takeOut(
  store: Store,
  household: Document,
  memberId: string,
  now: Date,
  session: ClientSession,
): Promise<Membership | null> {
  const left = await store.households.findOneAndUpdate(
    { _id: household["_id"] },
    { $set: { members: remaining(household, memberId), updatedAt: now } },
    { session, returnDocument: "after" },
  );
  if (!left) return null;
  // Whoever made an invitation, a link or a calendar has its token, and would be back with it.
  const own = { householdId: household["_id"], createdBy: new ObjectId(memberId) };
  await store.invites.deleteMany({ ...own, usedBy: null }, { session });
  await store.calendars.deleteMany(own, { session });
  const change = {
    $pull: { memberIds: either(memberId), shares: { createdBy: either(memberId) } },
    $set: { updatedAt: now },
  };
  return { household: left, plans: await changePlans(store, left, change, now, session) };
}

/** The members as stored, less one, with an owner among them also where a person has typed in none. */
function remaining(household: Document, memberId: string): readonly Document[] {
  const { members } = householdOf(household);
  const stored = household["members"] as readonly Document[];
  const stay = stored.filter((_, index) => members[index]?.userId !== memberId);
  if (members.some(({ userId, role }) => userId !== memberId && role === "owner")) return stay;
  const [heir, ...others] = stay;
  return heir ? [{ ...heir, role: "owner" }, ...others] : [];
}
