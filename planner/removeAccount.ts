import { type ClientSession, type Document, ObjectId } from "mongodb";

import { TIMED } from "../durable-objects/database/timed.ts";
import { either } from "../durable-objects/database/either.ts";
import { inTransaction, versionOfWrite } from "../durable-objects/database/transactions.ts";
import { type Answer, good, refused, refusedAsSoleOwner } from "../protocol/answer.ts";
import type { ChangeText } from "../protocol/change.ts";
import { staysFor } from "../protocol/roles.ts";
import { removeHousehold } from "./removeHousehold.ts";
import type { Store } from "./Store.ts";
import type { StoredPassword } from "./storedDocuments.ts";
import { type Membership, takeOut } from "./takeOut.ts";
import { changesTo, householdOf, removalsFrom } from "./wire.ts";

/** What becomes of households that have other members and no other owner. */
type HouseholdsWish = "delete" | "hand-over";

/** An account to delete. */
export interface Removal {
  readonly userId: string;
  /** The one that was checked: it must be the stored one still. */
  readonly password: StoredPassword;
  /** Without it such households are in the way. */
  readonly households: HouseholdsWish | undefined;
}

/** What was done to households and their plans: those that stay, as they are now, and those that went. */
interface Traces {
  readonly left: readonly Membership[];
  readonly removed: readonly { readonly household: Document; readonly plans: readonly Document[] }[];
}

/**
 * Deletes an account at one stroke: it leaves its households, and those where nobody else is go with it. Whoever makes or
 * joins a household at the same moment meets the removal of the account. Deleting it again changes nothing. Answers what
 * is to be published. Refuses `sole-owner`, and `conflict` when the password is another by now.
 */
export async function removeAccount(
  store: Store,
  removal: Removal,
  now: Date,
): Promise<Answer<readonly ChangeText[]>> {
  return store.client.withSession(async (session) => {
    const version = versionOfWrite(store, session);
    const answer = await inTransaction(session, () => removeTraces(store, removal, now, session));
    if (!answer.ok) return answer;
    const { left, removed } = answer.value;
    const changesOf = (collection: "households" | "mealPlans", documents: readonly Document[]) =>
      changesTo(collection, documents, version(), now.getTime());
    const removalsOf = (collection: "households" | "mealPlans", documents: readonly Document[]) =>
      removalsFrom(collection, documents, version(), now.getTime());
    return good([
      // The rights first: whoever is out must not get what comes after.
      ...changesOf(
        "households",
        left.map(({ household }) => household),
      ),
      ...removalsOf(
        "households",
        removed.map(({ household }) => household),
      ),
      ...changesOf(
        "mealPlans",
        left.flatMap(({ plans }) => plans ?? []),
      ),
      ...removalsOf(
        "mealPlans",
        removed.flatMap(({ plans }) => plans),
      ),
    ]);
  });
}

async function removeTraces(
  store: Store,
  { userId, password, households: wish }: Removal,
  now: Date,
  session: ClientSession,
): Promise<Answer<Traces>> {
  const account = { _id: new ObjectId(userId) };
  const filter = { ...account, "password.hash": password.hash };
  const { deletedCount } = await store.users.deleteOne(filter, { session });
  if (deletedCount === 0) {
    const isThere = await store.users.findOne(account, { ...TIMED, session, projection: { _id: 1 } });
    return isThere ? refused("conflict") : good({ left: [], removed: [] });
  }
  await store.passkeys.deleteMany({ userId: account._id }, { session });
  await store.emailTokens.deleteMany({ userId: account._id }, { session });
  await store.invites.deleteMany({ createdBy: account._id, usedBy: null }, { session });
  const mine = await store.households
    .find({ "members.userId": either(userId) }, { ...TIMED, session })
    .toArray();
  const ownerless = mine.map(householdOf).filter((household) => staysFor(household, userId) === "sole-owner");
  if (wish === undefined && ownerless.length > 0) return refusedAsSoleOwner(ownerless);
  const going = mine.filter((household) => goesToo(household, userId, wish));
  const staying = mine.filter((household) => !going.includes(household));
  return good({
    left: await takeOutOfAll(store, staying, userId, now, session),
    removed: await removeHouseholds(store, going, now, session),
  });
}

/** Whether a household goes with the account. */
function goesToo(household: Document, userId: string, wish: HouseholdsWish | undefined): boolean {
  const reason = staysFor(householdOf(household), userId);
  return reason === "only-member" || (reason === "sole-owner" && wish === "delete");
}

/** One after the other: a transaction does one thing at a time. */
async function takeOutOfAll(
  store: Store,
  households: readonly Document[],
  userId: string,
  now: Date,
  session: ClientSession,
): Promise<Traces["left"]> {
  const left: Membership[] = [];
  for (const household of households) {
    const membership = await takeOut(store, household, userId, now, session);
    if (membership) left.push(membership);
  }
  return left;
}

async function removeHouseholds(
  store: Store,
  households: readonly Document[],
  now: Date,
  session: ClientSession,
): Promise<Traces["removed"]> {
  const removed: Traces["removed"][number][] = [];
  for (const household of households)
    removed.push({ household, plans: await removeHousehold(store, household, now, session) });
  return removed;
}
