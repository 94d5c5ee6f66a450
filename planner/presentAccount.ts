import { type ClientSession, ObjectId } from "mongodb";

import { type Answer, good, refused } from "../protocol/answer.ts";
import type { Store } from "./Store.ts";

/**
 * The name of an account that is about to become a member, within a transaction. It is counted there: whoever deletes or
 * renames the account at the same moment meets this write, so that no household gets a member who is no more. Refuses
 * `signed-out` when the account is gone.
 */
export async function presentAccount(
  { users }: Store,
  userId: string,
  session: ClientSession,
): Promise<Answer<string>> {
  const account = await users.findOneAndUpdate(
    { _id: new ObjectId(userId) },
    { $inc: { memberships: 1 } },
    { session, returnDocument: "after" },
  );
  return account ? good(String(account["name"] ?? "")) : refused("signed-out");
}
