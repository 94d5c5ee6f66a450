import type { ClientSession, Document } from "mongodb";
import * as z from "zod";

import { TIMED } from "../durable-objects/database/timed.ts";
import { inTransaction } from "../durable-objects/database/transactions.ts";
import { type Answer, good, refused } from "../protocol/answer.ts";
import { isObjectId } from "../protocol/objectId.ts";
import { mayInHousehold, roleIn } from "../protocol/roles.ts";
import { seenBy } from "./householdMembers.ts";
import type { Store } from "./Store.ts";
import type { StoredPassword } from "./storedDocuments.ts";
import { householdOf, wireOf } from "./wire.ts";

/** Somebody who has a code and wants a password. */
export interface RecoveryWish {
  /** Normalized; it need not be anybody's. */
  readonly email: string;
  /** SHA-256 in hex. */
  readonly codeHash: string;
  readonly password: StoredPassword;
}

const id = z.string().refine(isObjectId);

const storedLink = z.object({
  hash: z.string(),
  by: z.object({ householdId: id, userId: id }).nullable(),
});

/**
 * Sets a password by a code. That the code is good, that it is used up and that the password is set are one update, so
 * that of many who use it at once one succeeds. Answers the user's id. Refuses `wrong-code`.
 */
export async function recoverAccount(store: Store, wish: RecoveryWish, now: Date): Promise<Answer<string>> {
  return store.client.withSession((session) =>
    inTransaction(session, async () => {
      const account = await useUp(store, wish, now, session);
      if (!account) return refused("wrong-code");
      const link = linksOf(account).find(({ hash }) => hash === wish.codeHash);
      if (link?.by && !(await isOwnersStill(store, account, link.by, session))) return refused("wrong-code");
      if (!link && !isOwnCode(account, wish.codeHash)) return refused("wrong-code");
      if (link?.by === null) await proveAddress(store, account, session);
      return good(account["_id"].toString());
    }),
  );
}

/** The account as it was. */
async function useUp(
  { users }: Store,
  { email, codeHash, password }: RecoveryWish,
  now: Date,
  session: ClientSession,
): Promise<Document | null> {
  const link = { recoveryLinks: { $elemMatch: { hash: codeHash, expiresAt: { $gt: now } } } };
  const fitting = { email, $or: [{ recoveryCodes: codeHash }, link] };
  const update: Document = {
    $set: { password, recoveryLinks: [] },
    $pull: { recoveryCodes: codeHash },
    $unset: { pendingEmail: "" },
  };
  return users.findOneAndUpdate(fitting, update, { session, returnDocument: "before" });
}

/** Of a code that an owner gave: whether they still own a household of the account. */
async function isOwnersStill(
  { households }: Store,
  account: Document,
  { householdId, userId }: { readonly householdId: string; readonly userId: string },
  session: ClientSession,
): Promise<boolean> {
  const stored = await households.findOne(seenBy(householdId, userId), { ...TIMED, session });
  const household = stored && householdOf(stored);
  if (!household || !mayInHousehold(household, userId, "vouch")) return false;
  return roleIn(household, account["_id"].toString()) !== null;
}

/**
 * Whoever got the code by mail has the address. If nobody had proved that before, the account may have been made by
 * somebody else with this address: what they keep to get back in with goes.
 */
async function proveAddress(
  { users, passkeys }: Store,
  { _id, email, verifiedEmail }: Document,
  session: ClientSession,
): Promise<void> {
  if (verifiedEmail === email) return;
  await users.updateOne({ _id }, { $set: { verifiedEmail: email, recoveryCodes: [] } }, { session });
  await passkeys.deleteMany({ userId: _id }, { session });
}

function linksOf(account: Document) {
  const links = wireOf(account)["recoveryLinks"];
  return Array.isArray(links) ? links.flatMap((link) => storedLink.safeParse(link).data ?? []) : [];
}

function isOwnCode(account: Document, codeHash: string): boolean {
  const codes: unknown = account["recoveryCodes"];
  return Array.isArray(codes) && codes.includes(codeHash);
}
