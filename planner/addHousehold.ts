import { type ClientSession, ObjectId } from "mongodb";

import { isDuplicateKey } from "../durable-objects/database/databaseErrors.ts";
import { derivedId } from "../durable-objects/database/derivedId.ts";
import { either } from "../durable-objects/database/either.ts";
import { TIMED } from "../durable-objects/database/timed.ts";
import { inTransaction, versionOfWrite } from "../durable-objects/database/transactions.ts";
import { type Answer, good, refused } from "../protocol/answer.ts";
import { QUOTAS } from "../protocol/quotas.ts";
import { weekOf } from "../protocol/week.ts";
import type { HouseholdChange } from "./HouseholdChange.ts";
import { emptyPlan, memberIdsOf } from "./householdMembers.ts";
import { countMembership, nameOfAccount } from "./countMembership.ts";
import type { Store } from "./Store.ts";
import type { StoredHousehold, StoredMealPlan, StoredMember } from "./storedDocuments.ts";
import { changesTo, householdOf } from "./wire.ts";

/** A household to make. */
interface NamedHousehold {
  readonly _id: ObjectId;
  readonly name: string;
}

/**
 * Makes a household with an empty plan for this week, owned by its maker. Making the same `_id` again changes nothing. One
 * that somebody else's has is replaced by another, the same each time: nobody is told that it is taken. Refuses
 * `limit-reached`, `signed-out`.
 */
export async function addHousehold(
  store: Store,
  wanted: NamedHousehold,
  userId: string,
  now: Date,
): Promise<Answer<HouseholdChange>> {
  const instead = derivedId(userId, wanted._id.toHexString());
  const earlier = await kept(store, [wanted._id, instead], userId);
  if (earlier) return earlier;
  return (
    (await addAs(store, wanted, userId, now)) ??
    (await addAs(store, { ...wanted, _id: instead }, userId, now)) ??
    refused("conflict")
  );
}

/** `null` when the `_id` is somebody else's. */
async function addAs(
  store: Store,
  wanted: NamedHousehold,
  userId: string,
  now: Date,
): Promise<Answer<HouseholdChange> | null> {
  try {
    return await insert(store, wanted, userId, now);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return kept(store, [wanted._id], userId);
  }
}

async function kept(
  { households }: Store,
  ids: readonly ObjectId[],
  userId: string,
): Promise<Answer<HouseholdChange> | null> {
  const found = await households.findOne({ _id: { $in: ids }, "members.userId": either(userId) }, TIMED);
  return found && good({ household: householdOf(found), changes: [] });
}

async function insert(
  store: Store,
  wanted: NamedHousehold,
  userId: string,
  now: Date,
): Promise<Answer<HouseholdChange>> {
  return store.client.withSession(async (session) => {
    const version = versionOfWrite(store, session);
    const inserted = await inTransaction(session, () => insertBoth(store, wanted, userId, now, session));
    if (!inserted.ok) return inserted;
    const { household, plan } = inserted.value;
    const changes = [
      ...changesTo("households", [household], version(), now.getTime()),
      ...changesTo("mealPlans", [plan], version(), now.getTime()),
    ];
    return good({ household: householdOf(household), changes });
  });
}

async function insertBoth(
  store: Store,
  wanted: NamedHousehold,
  userId: string,
  now: Date,
  session: ClientSession,
): Promise<Answer<{ readonly household: StoredHousehold; readonly plan: StoredMealPlan }>> {
  const name = await nameOfAccount(store, userId, session);
  if (!name.ok) return name;
  const mine = { "members.userId": either(userId) };
  if ((await store.households.countDocuments(mine, { ...TIMED, session })) >= QUOTAS.householdsOfUser)
    return refused("limit-reached", `At most ${QUOTAS.householdsOfUser} households`);
  const owner: StoredMember = { userId: new ObjectId(userId), name: name.value, role: "owner" };
  const household = firstState(wanted, owner, now);
  const plan = emptyPlan(household._id, weekOf(now), memberIdsOf(household), now);
  await store.households.insertOne(household, { session });
  await store.mealPlans.insertOne(plan, { session });
  // By it, of two that are made at a time neither overlooks the other.
  await countMembership(store, userId, session);
  return good({ household, plan });
}

function firstState(wanted: NamedHousehold, owner: StoredMember, now: Date): StoredHousehold {
  return {
    ...wanted,
    members: [owner],
    plansMade: 1,
    changedBy: owner.userId,
    changedAt: now,
    createdAt: now,
    updatedAt: now,
  };
}
