import { type ClientSession, type Document, ObjectId } from "mongodb";

import { TIMED } from "../durable-objects/database/timed.ts";
import { isDuplicateKey } from "../durable-objects/database/databaseErrors.ts";
import { either } from "../durable-objects/database/either.ts";
import { inTransaction, versionOfWrite } from "../durable-objects/database/transactions.ts";
import { type Answer, good, refused } from "../protocol/answer.ts";
import type { ChangeText } from "../protocol/change.ts";
import type { User } from "../protocol/user.ts";
import { given } from "./given.ts";
import type { Store } from "./Store.ts";
import type { StoredPassword } from "./storedDocuments.ts";
import { userOf } from "./userOf.ts";
import { changesTo } from "./wire.ts";

/** What somebody changes of their own account. `email` is normalized. */
export interface ProfilePatch {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  /** What the address becomes when it is proved; `null` to stay with the one that there is. */
  readonly pendingEmail?: string | null | undefined;
}

/** An account after a write, and what is to be published of its households. */
export interface ProfileChange {
  readonly user: User;
  readonly changes: readonly ChangeText[];
}

/**
 * Changes the given fields of an account, and its name in all its households. Refuses `email-taken`, and `conflict` when
 * the password is not the one any more that was checked.
 */
export async function changeProfile(
  store: Store,
  account: { readonly userId: string; readonly password: StoredPassword },
  patch: ProfilePatch,
  now: Date,
): Promise<Answer<ProfileChange>> {
  return store.client.withSession(async (session) => {
    const version = versionOfWrite(store, session);
    try {
      const answer = await inTransaction(session, () => write(store, account, patch, now, session));
      if (!answer.ok) return answer;
      const { user, households } = answer.value;
      return good({
        user: userOf(user),
        changes: changesTo("households", households, version(), now.getTime()),
      });
    } catch (error) {
      if (isDuplicateKey(error)) return refused("email-taken");
      throw error;
    }
  });
}

async function write(
  { users, households }: Store,
  { userId, password }: { readonly userId: string; readonly password: StoredPassword },
  patch: ProfilePatch,
  now: Date,
  session: ClientSession,
): Promise<Answer<{ readonly user: Document; readonly households: readonly Document[] }>> {
  const filter = { _id: new ObjectId(userId), "password.hash": password.hash };
  const user = await users.findOneAndUpdate(
    filter,
    { $set: given({ ...patch }) },
    { session, returnDocument: "after" },
  );
  if (!user) return refused("conflict");
  if (patch.name === undefined) return good({ user, households: [] });
  const mine = { "members.userId": either(userId) };
  const update = { $set: { "members.$[self].name": patch.name, updatedAt: now } };
  await households.updateMany(mine, update, { session, arrayFilters: [{ "self.userId": either(userId) }] });
  return good({ user, households: await households.find(mine, { ...TIMED, session }).toArray() });
}
