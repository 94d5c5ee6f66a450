import { RpcTarget } from "cloudflare:workers";
import { type ClientSession, type Document, ObjectId } from "mongodb";

import { type Answer, good, refused } from "../protocol/answer.ts";
import type { Household, HouseholdPatch } from "../protocol/household.ts";
import type { ChangeText } from "../protocol/change.ts";
import { QUOTAS } from "../protocol/quotas.ts";
import { weekOf } from "../protocol/week.ts";
import type { PlannerClient, Store } from "./Store.ts";
import { isDuplicateKey } from "../durable-objects/database/databaseErrors.ts";
import { derivedId } from "../durable-objects/database/derivedId.ts";
import { either } from "../durable-objects/database/either.ts";
import type { Edit } from "./Edit.ts";
import type { HouseholdChange } from "./HouseholdChange.ts";
import { renamed } from "./renamed.ts";
import { emptyPlan, may, memberIdsOf, seenBy } from "./householdMembers.ts";
import { newestPlans } from "./newestPlans.ts";
import { inTransaction, versionOfWrite } from "../durable-objects/database/transactions.ts";
import type { StoredHousehold } from "./storedDocuments.ts";
import { changesTo, householdOf, removalsFrom } from "./wire.ts";
import { TIMED } from "../durable-objects/database/timed.ts";

/** A household to make. `_id` is chosen by a client that may send it twice. */
export interface NewHousehold {
  readonly _id?: string | undefined;
  readonly name: string;
}

/** The queries about households. Whoever is no member of one does not see it. */
export class Households extends RpcTarget {
  readonly #client: PlannerClient;

  constructor(client: PlannerClient) {
    super();
    this.#client = client;
  }

  /** The user's households, the oldest first. */
  list(userId: string): Promise<Answer<readonly Household[]>> {
    return this.#client.run("households.list", async ({ households }) => {
      const found = await households
        .find({ "members.userId": either(userId) }, TIMED)
        .sort({ _id: 1 })
        .toArray();
      return good(found.map(householdOf));
    });
  }

  /** One household. Refuses `not-found`. */
  read(householdId: string, userId: string): Promise<Answer<Household>> {
    return this.#client.run("households.read", async ({ households }) =>
      answerOf(await households.findOne(seenBy(householdId, userId), TIMED)),
    );
  }

  /**
   * Makes a household with an empty plan for this week; its maker is its owner. Making the same `_id` again changes
   * nothing. One that somebody else's has is replaced by another, the same each time: nobody is told that it is taken.
   * Refuses `limit-reached`.
   */
  add(
    { _id, name }: NewHousehold,
    user: { readonly userId: string; readonly name: string },
    now: Date,
  ): Promise<Answer<HouseholdChange>> {
    return this.#client.run("households.add", async (store) => {
      const household: StoredHousehold = {
        _id: new ObjectId(_id),
        name,
        members: [{ userId: new ObjectId(user.userId), name: user.name, role: "owner" }],
        plansMade: 1,
        changedBy: new ObjectId(user.userId),
        changedAt: now,
        createdAt: now,
        updatedAt: now,
      };
      return addHousehold(store, household, user.userId);
    });
  }

  /**
   * Gives a household another name. Refuses `not-found`, `forbidden`, and `changed-meanwhile` when it is not named as was
   * seen.
   */
  rename(householdId: string, patch: HouseholdPatch, edit: Edit): Promise<Answer<HouseholdChange>> {
    return this.#client.run("households.rename", (store) => renamed(store, householdId, patch, edit));
  }

  /**
   * Removes a household with all that is its own. Answers its removal and those of its newest plans. Refuses `not-found`, and
   * `forbidden` to whoever is not the owner.
   */
  remove(householdId: string, userId: string, now: Date): Promise<Answer<readonly ChangeText[]>> {
    return this.#client.run("households.remove", async (store) =>
      store.client.withSession(async (session) => {
        const version = versionOfWrite(store, session);
        const removed = await inTransaction(session, () => removeAll(store, householdId, userId, session));
        if (!removed.ok) return removed;
        const { household, plans } = removed.value;
        return good([
          ...removalsFrom("households", [household], version(), now.getTime()),
          ...removalsFrom("mealPlans", plans, version(), now.getTime()),
        ]);
      }),
    );
  }
}

async function addHousehold(
  store: Store,
  household: StoredHousehold,
  userId: string,
): Promise<Answer<HouseholdChange>> {
  const instead = derivedId(userId, household._id.toHexString());
  const earlier = await kept(store, [household._id, instead], userId);
  if (earlier) return earlier;
  if (await isFullOf(store, userId, QUOTAS.householdsOfUser)) return tooManyHouseholds();
  return (
    (await addAs(store, household, userId)) ??
    (await addAs(store, { ...household, _id: instead }, userId)) ??
    refused("conflict")
  );
}

/** `null` when the `_id` is somebody else's. */
async function addAs(
  store: Store,
  household: StoredHousehold,
  userId: string,
): Promise<Answer<HouseholdChange> | null> {
  try {
    return await insertWithin(store, household, userId);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return kept(store, [household._id], userId);
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

/** Asks again after it is kept: of two that are made at a time neither overlooks the other. */
async function insertWithin(
  store: Store,
  household: StoredHousehold,
  userId: string,
): Promise<Answer<HouseholdChange>> {
  const made = await insert(store, household);
  if (!made.ok || !(await isFullOf(store, userId, QUOTAS.householdsOfUser + 1))) return made;
  await store.client.withSession((session) =>
    inTransaction(session, () => removeAll(store, household._id.toString(), userId, session)),
  );
  return tooManyHouseholds();
}

/** Whether somebody is in so many households already. */
async function isFullOf({ households }: Store, userId: string, limit: number): Promise<boolean> {
  return (
    (await households.countDocuments({ "members.userId": either(userId) }, { ...TIMED, limit })) >= limit
  );
}

function tooManyHouseholds(): Answer<never> {
  return refused("limit-reached", `At most ${QUOTAS.householdsOfUser} households`);
}

async function insert(store: Store, household: StoredHousehold): Promise<Answer<HouseholdChange>> {
  const now = household.createdAt;
  const plan = emptyPlan(household._id, weekOf(now), memberIdsOf(household), now);
  return store.client.withSession(async (session) => {
    const version = versionOfWrite(store, session);
    await inTransaction(session, async () => {
      await store.households.insertOne(household, { session });
      await store.mealPlans.insertOne(plan, { session });
      return good(null);
    });
    const changes = [
      ...changesTo("households", [household], version(), now.getTime()),
      ...changesTo("mealPlans", [plan], version(), now.getTime()),
    ];
    return good({ household: householdOf(household), changes });
  });
}

async function removeAll(
  { households, mealPlans, recipes, invites }: Store,
  householdId: string,
  userId: string,
  session: ClientSession,
): Promise<Answer<{ readonly household: Document; readonly plans: readonly Document[] }>> {
  const household = await households.findOne(seenBy(householdId, userId), { ...TIMED, session });
  if (!household) return refused("not-found");
  if (!may(household, userId, "deleteHousehold"))
    return refused("forbidden", "Only an owner can delete a household");
  const own = { householdId: household._id };
  const plans = await newestPlans(mealPlans, household._id, session);
  await households.deleteOne({ _id: household._id }, { session });
  await mealPlans.deleteMany(own, { session });
  await recipes.deleteMany(own, { session });
  await invites.deleteMany(own, { session });
  return good({ household, plans });
}

function answerOf(document: Document | null): Answer<Household> {
  return document ? good(householdOf(document)) : refused("not-found");
}
