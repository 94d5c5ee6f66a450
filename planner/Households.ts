import { RpcTarget } from "cloudflare:workers";
import { type ClientSession, type Document, ObjectId } from "mongodb";

import { type Answer, good, refused } from "../protocol/answer.ts";
import type { Household, HouseholdPatch } from "../protocol/household.ts";
import type { ChangeText } from "../protocol/change.ts";
import { QUOTAS } from "../protocol/quotas.ts";
import { weekOf } from "../protocol/week.ts";
import type { PlannerClient, Store } from "./Store.ts";
import { isDuplicateKey } from "../durable-objects/database/databaseErrors.ts";
import { either } from "../durable-objects/database/either.ts";
import type { Edit } from "./Edit.ts";
import type { HouseholdChange } from "./HouseholdChange.ts";
import { renamed } from "./renamed.ts";
import { emptyPlan, may, memberIdsOf, seenBy } from "./householdMembers.ts";
import { newestPlans } from "./newestPlans.ts";
import { inTransaction, versionOfWrite } from "../durable-objects/database/transactions.ts";
import type { StoredHousehold } from "./storedDocuments.ts";
import { changesTo, householdOf, removalsFrom } from "./wire.ts";

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
        .find({ "members.userId": either(userId) })
        .sort({ _id: 1 })
        .toArray();
      return good(found.map(householdOf));
    });
  }

  /** One household. Refuses `not-found`. */
  read(householdId: string, userId: string): Promise<Answer<Household>> {
    return this.#client.run("households.read", async ({ households }) =>
      answerOf(await households.findOne(seenBy(householdId, userId))),
    );
  }

  /**
   * Makes a household with an empty plan for this week; its maker is its owner. Making the same `_id` again changes
   * nothing. Refuses `limit-reached`, `conflict`.
   */
  add(
    { _id, name }: NewHousehold,
    user: { readonly userId: string; readonly name: string },
    now: Date,
  ): Promise<Answer<HouseholdChange>> {
    return this.#client.run("households.add", async (store) => {
      if (await isFullOf(store, user.userId, QUOTAS.householdsOfUser)) return tooManyHouseholds();
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
      return insertOnce(store, household, user.userId);
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

async function insertOnce(
  store: Store,
  household: StoredHousehold,
  userId: string,
): Promise<Answer<HouseholdChange>> {
  try {
    const made = await insert(store, household);
    // Asked again after it is kept: of two that are made at a time neither overlooks the other.
    if (!(await isFullOf(store, userId, QUOTAS.householdsOfUser + 1))) return made;
    await removeWhole(store, household._id.toString(), userId);
    return tooManyHouseholds();
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  const earlier = await store.households.findOne(seenBy(household._id.toString(), userId));
  if (!earlier) return refused("conflict", "There is a document with this _id");
  return good({ household: householdOf(earlier), changes: [] });
}

/** Whether somebody is in so many households already. */
async function isFullOf({ households }: Store, userId: string, limit: number): Promise<boolean> {
  return (await households.countDocuments({ "members.userId": either(userId) }, { limit })) >= limit;
}

function tooManyHouseholds(): Answer<never> {
  return refused("limit-reached", `At most ${QUOTAS.householdsOfUser} households`);
}

async function removeWhole(store: Store, householdId: string, userId: string): Promise<void> {
  await store.client.withSession((session) =>
    inTransaction(session, () => removeAll(store, householdId, userId, session)),
  );
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
  const household = await households.findOne(seenBy(householdId, userId), { session });
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
