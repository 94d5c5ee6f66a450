import { type ClientSession, ObjectId } from "mongodb";

import { isDuplicateKey } from "../durable-objects/database/databaseErrors.ts";
import { derivedId } from "../durable-objects/database/derivedId.ts";
import { either } from "../durable-objects/database/either.ts";
import { TIMED } from "../durable-objects/database/timed.ts";
import { inTransaction, versionOfWrite } from "../durable-objects/database/transactions.ts";
import { type FoundList, type ListWrite, mergeNeeds } from "../kitchen/mergeNeeds.ts";
import { nameKey } from "../kitchen/nameKey.ts";
import { needsOf } from "../kitchen/needs.ts";
import { type Answer, good, refused } from "../protocol/answer.ts";
import type { ChangeText } from "../protocol/change.ts";
import { QUOTAS } from "../protocol/quotas.ts";
import type { ShoppingLine } from "../protocol/shoppingList.ts";
import type { Edit } from "./Edit.ts";
import { seenBy } from "./householdMembers.ts";
import { lineOf } from "./lineOf.ts";
import { LIST_IS_FULL } from "./listIsFull.ts";
import { madeLineOf } from "./lineShares.ts";
import { untilNotOvertaken } from "./overtaken.ts";
import { visiblePlan } from "./planAccess.ts";
import { plannedDishes } from "./plannedDishes.ts";
import { isApplied, rememberingKey, together } from "./rememberedEdits.ts";
import type { Store } from "./Store.ts";
import { changesTo, householdOf, removalsFrom } from "./wire.ts";
import { writeMadeLines, type WrittenList } from "./writeMadeLines.ts";

/** The lines that a plan has made or changed, and what is to be published. */
export interface ListFromPlan {
  readonly lines: readonly ShoppingLine[];
  readonly changes: readonly ChangeText[];
}

/**
 * Makes a household's list from a plan, or makes it anew: all of it or nothing. Refuses `not-found`, `limit-reached`, and
 * `conflict` when others are always faster.
 */
export function listFromPlan(
  store: Store,
  householdId: string,
  planId: string,
  edit: Edit,
): Promise<Answer<ListFromPlan>> {
  return untilNotOvertaken((tries) =>
    store.client.withSession(async (session) => {
      const version = versionOfWrite(store, session);
      try {
        const answer = await inTransaction(session, () =>
          makeList({ store, session, edit }, householdId, planId, tries),
        );
        if (!answer.ok) return answer;
        const { written, removed } = answer.value;
        const changes = [
          ...changesTo("lists", written, version(), edit.at.getTime()),
          ...removalsFrom("lists", removed, version(), edit.at.getTime()),
        ];
        return good({ lines: written.map(lineOf), changes });
      } catch (error) {
        // Somebody has chosen the `_id` that a line was to have: it gets another.
        if (isDuplicateKey(error)) return null;
        throw error;
      }
    }),
  );
}

/** What a step of the transaction works with. */
interface Scene {
  readonly store: Store;
  readonly session: ClientSession;
  readonly edit: Edit;
}

async function makeList(
  scene: Scene,
  householdId: string,
  planId: string,
  tries: number,
): Promise<Answer<WrittenList>> {
  const { store, session, edit } = scene;
  const visible = seenBy(householdId, edit.userId);
  const household = await store.households.findOne(visible, { ...TIMED, session });
  if (!household) return refused("not-found");
  if (isApplied(household, "edits", edit)) return good({ written: [], removed: [] });
  const ofHousehold = { ...visiblePlan(planId, edit.userId), householdId: household._id };
  const plan = await store.mealPlans.findOne(ofHousehold, { ...TIMED, session });
  if (!plan) return refused("not-found");
  // By it, two who make the list at a time do so one after the other.
  const count = together({ $inc: { listsMade: 1 } }, rememberingKey(household, edit));
  await store.households.updateOne(visible, count, { session });
  const staples = new Set((householdOf(household).staples ?? []).map(nameKey));
  const needs = needsOf(await plannedDishes(store, plan, session), staples);
  const found = await findList(scene, household._id, planId, tries);
  const writes = mergeNeeds(planId, needs, found);
  if (found.size + growth(writes) > Math.max(QUOTAS.linesOfHousehold, found.size))
    return refused("limit-reached", LIST_IS_FULL);
  return good(await writeMadeLines(store, household, writes, edit, session));
}

async function findList(
  { store, session }: Scene,
  householdId: ObjectId,
  planId: string,
  tries: number,
): Promise<FoundList & { readonly size: number }> {
  const stored = await store.lists
    .find({ householdId: either(householdId.toHexString()) }, { ...TIMED, session })
    .toArray();
  const gone = await store.goneLines
    .find({ householdId, "shares.planId": new ObjectId(planId) }, { ...TIMED, session })
    .toArray();
  const taken = new Set(stored.map(({ _id }) => String(_id)));
  const newId = (key: string) => {
    let number = tries;
    const next = () => derivedId(householdId.toHexString(), key, String(number++)).toHexString();
    let id = next();
    while (taken.has(id)) id = next();
    return id;
  };
  return {
    lines: stored.map(madeLineOf).filter((line) => line !== null),
    bought: gone.map(madeLineOf).filter((line) => line !== null),
    newId,
    size: stored.length,
  };
}

function growth(writes: readonly ListWrite[]): number {
  const added = writes.filter(({ kind }) => kind === "add").length;
  return added - writes.filter(({ kind }) => kind === "remove").length;
}
