import { RpcTarget } from "cloudflare:workers";
import { type ClientSession, type Document, ObjectId } from "mongodb";

import { type Answer, good, refused } from "../protocol/answer.ts";
import type { Household, HouseholdPatch } from "../protocol/household.ts";
import type { ChangeText } from "../protocol/change.ts";
import type { PlannerClient, Store } from "./Store.ts";
import { either } from "../durable-objects/database/either.ts";
import type { Edit } from "./Edit.ts";
import type { HouseholdChange } from "./HouseholdChange.ts";
import { changeHousehold } from "./changeHousehold.ts";
import { may, seenBy } from "./householdMembers.ts";
import { addHousehold } from "./addHousehold.ts";
import { removeHousehold } from "./removeHousehold.ts";
import { inTransaction, versionOfWrite } from "../durable-objects/database/transactions.ts";
import { householdOf, removalsFrom } from "./wire.ts";
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
   * Refuses `limit-reached`, `signed-out`.
   */
  add({ _id, name }: NewHousehold, userId: string, now: Date): Promise<Answer<HouseholdChange>> {
    return this.#client.run("households.add", (store) =>
      addHousehold(store, { _id: new ObjectId(_id), name }, userId, now),
    );
  }

  /**
   * Changes the given fields of a household. Refuses `not-found`, `forbidden`, and `changed-meanwhile` where a field is
   * neither what was seen nor what is wanted.
   */
  change(householdId: string, patch: HouseholdPatch, edit: Edit): Promise<Answer<HouseholdChange>> {
    return this.#client.run("households.change", (store) => changeHousehold(store, householdId, patch, edit));
  }

  /**
   * Removes a household with all that is its own. Answers its removal and those of its plans around now. Refuses `not-found`, and
   * `forbidden` to whoever is not the owner.
   */
  remove(householdId: string, userId: string, now: Date): Promise<Answer<readonly ChangeText[]>> {
    return this.#client.run("households.remove", async (store) =>
      store.client.withSession(async (session) => {
        const version = versionOfWrite(store, session);
        const removed = await inTransaction(session, () =>
          removeAll(store, householdId, userId, now, session),
        );
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

async function removeAll(
  store: Store,
  householdId: string,
  userId: string,
  now: Date,
  session: ClientSession,
): Promise<Answer<{ readonly household: Document; readonly plans: readonly Document[] }>> {
  const household = await store.households.findOne(seenBy(householdId, userId), { ...TIMED, session });
  if (!household) return refused("not-found");
  if (!may(household, userId, "deleteHousehold"))
    return refused("forbidden", "Only an owner can delete a household");
  return good({ household, plans: await removeHousehold(store, household, now, session) });
}

function answerOf(document: Document | null): Answer<Household> {
  return document ? good(householdOf(document)) : refused("not-found");
}
