import { type ClientSession, ObjectId } from "mongodb";

import { type Answer, good, refused } from "../protocol/answer.ts";
import { TIMED } from "../durable-objects/database/timed.ts";
import type { Store } from "./Store.ts";

/** The name of an account that is about to become a member, within a transaction. Refuses `signed-out` when it is gone. */
export async function nameOfAccount(
  { users }: Store,
  userId: string,
  session: ClientSession,
): Promise<Answer<string>> {
  const account = await users.findOne({ _id: new ObjectId(userId) }, { ...TIMED, session });
  return account ? good(String(account["name"] ?? "")) : refused("signed-out");
}

/**
 * Counts a membership of an account, as the last of its transaction: whoever deletes or renames the account since it was
 * read meets this write, so that no household gets a member who is no more. Last, because others wait from here on.
 */
export async function countMembership(
  { users }: Store,
  userId: string,
  session: ClientSession,
): Promise<void> {
  await users.updateOne({ _id: new ObjectId(userId) }, { $inc: { memberships: 1 } }, { session });
}
