import { ObjectId } from "mongodb";

import { type Answer, good, refused } from "../protocol/answer.ts";
import type { ChangeText } from "../protocol/change.ts";
import { mondayOf, type Week } from "../protocol/week.ts";
import type { Store } from "./Store.ts";
import { isDuplicateKey } from "../durable-objects/database/databaseErrors.ts";
import { emptyPlan, memberIdsOf, seenBy } from "./householdMembers.ts";
import { either } from "../durable-objects/database/either.ts";
import { inTransaction, versionOfWrite } from "../durable-objects/database/transactions.ts";
import type { StoredMealPlan } from "./storedDocuments.ts";
import { changesTo, planData } from "./wire.ts";
import { TIMED } from "../durable-objects/database/timed.ts";

/** The plan of a week, and what is to be published when it was made just now. */
export interface WeekPlan {
  /** Wire JSON. */
  readonly data: string;
  readonly changes: readonly ChangeText[];
}

/** Which plan is wanted, and by whom. */
export interface PlanQuery {
  readonly householdId: string;
  readonly week: Week;
  readonly userId: string;
}

/** Empty plans are made as far as this from now, so that nobody fills the database by asking. */
const REACH_MS = 366 * 86_400_000;

/** Finds a household's plan of a week, or makes it. Refuses `not-found`. */
export async function planOfWeek(store: Store, query: PlanQuery, now: Date): Promise<Answer<WeekPlan>> {
  const held = await heldPlan(store, query);
  if (held) return good(held);
  if (!isWithinReach(query.week, now))
    return refused("not-found", "Plans are made for weeks within a year from now");
  const made = await makeOnce(store, query, now);
  if (made) return made;
  const others = await heldPlan(store, query);
  return others ? good(others) : refused("not-found");
}

async function heldPlan({ mealPlans }: Store, query: PlanQuery): Promise<WeekPlan | null> {
  const householdId = new ObjectId(query.householdId);
  const plan = await mealPlans.findOne(
    { householdId, week: query.week, memberIds: either(query.userId) },
    TIMED,
  );
  return plan && { data: planData(plan), changes: [] };
}

/** `null` when somebody else has made it meanwhile: the unique index lets one of two win. */
async function makeOnce(store: Store, query: PlanQuery, now: Date): Promise<Answer<WeekPlan> | null> {
  try {
    return await make(store, query, now);
  } catch (error) {
    if (isDuplicateKey(error)) return null;
    throw error;
  }
}

async function make(store: Store, query: PlanQuery, now: Date): Promise<Answer<WeekPlan>> {
  const { households, mealPlans } = store;
  return store.client.withSession(async (session) => {
    const version = versionOfWrite(store, session);
    const inserted = await inTransaction<StoredMealPlan>(session, async () => {
      // Writing the household makes a member who joins or leaves at this moment a conflict, not a stranger's view.
      const household = await households.findOneAndUpdate(
        seenBy(query.householdId, query.userId),
        { $inc: { plansMade: 1 } },
        { session, returnDocument: "after" },
      );
      if (!household) return refused("not-found");
      const plan = emptyPlan(household._id, query.week, memberIdsOf(household), now);
      await mealPlans.insertOne(plan, { session });
      return good(plan);
    });
    if (!inserted.ok) return inserted;
    const plan = inserted.value;
    return good({ data: planData(plan), changes: changesTo("mealPlans", [plan], version(), now.getTime()) });
  });
}

function isWithinReach(week: Week, now: Date): boolean {
  const monday = mondayOf(week);
  return monday !== null && Math.abs(monday.getTime() - now.getTime()) <= REACH_MS;
}
