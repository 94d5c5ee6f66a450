import { ObjectId } from "mongodb";

import { type Answer, good, refused } from "../protocol/answer.ts";
import { mealPlanData } from "../protocol/mealPlanStream.ts";
import type { Update } from "../protocol/update.ts";
import { mondayOf, type Week } from "../protocol/week.ts";
import type { Store } from "../durable-objects/database/Connection.ts";
import { isDuplicateKey } from "../durable-objects/database/databaseErrors.ts";
import { emptyPlan, memberIdsOf, seenBy } from "./householdMembers.ts";
import { either } from "./either.ts";
import { inTransaction, writtenVersion } from "../durable-objects/database/sessions.ts";
import type { StoredMealPlan } from "./storedDocuments.ts";
import { ejsonOf, planUpdate } from "./wire.ts";

/** The plan of a week as wire JSON. `made` is what to publish when it was made just now. */
export interface WeekPlan {
  readonly data: string;
  readonly made: Update | null;
}

/** Which plan is wanted, and by whom. */
export interface WeekWish {
  readonly householdId: string;
  readonly week: Week;
  readonly userId: string;
}

/** Empty plans are made as far as this from now, so that nobody fills the database by asking. */
const REACH_MS = 366 * 86_400_000;

/** Finds a household's plan of a week, or makes it. Refuses `not-found`. */
export async function planOfWeek(store: Store, wish: WeekWish, now: Date): Promise<Answer<WeekPlan>> {
  const held = await heldPlan(store, wish);
  if (held) return good(held);
  if (!isWithinReach(wish.week, now))
    return refused("not-found", "Plans are made for weeks within a year from now");
  const made = await makeOnce(store, wish, now);
  if (made) return made;
  const others = await heldPlan(store, wish);
  return others ? good(others) : refused("not-found");
}

async function heldPlan({ mealPlans }: Store, wish: WeekWish): Promise<WeekPlan | null> {
  const householdId = new ObjectId(wish.householdId);
  const plan = await mealPlans.findOne({ householdId, week: wish.week, memberIds: either(wish.userId) });
  return plan && { data: mealPlanData(ejsonOf(plan)), made: null };
}

/** `null` when somebody else has made it meanwhile: the unique index lets one of two win. */
async function makeOnce(store: Store, wish: WeekWish, now: Date): Promise<Answer<WeekPlan> | null> {
  try {
    return await make(store, wish, now);
  } catch (error) {
    if (isDuplicateKey(error)) return null;
    throw error;
  }
}

async function make(
  { client, households, mealPlans }: Store,
  wish: WeekWish,
  now: Date,
): Promise<Answer<WeekPlan>> {
  return client.withSession(async (session) => {
    const inserted = await inTransaction<StoredMealPlan>(session, async () => {
      // Writing the household makes a member who joins or leaves at this moment a conflict, not a stranger's view.
      const household = await households.findOneAndUpdate(
        seenBy(wish.householdId, wish.userId),
        { $inc: { plansMade: 1 } },
        { session, returnDocument: "after" },
      );
      if (!household) return refused("not-found");
      const plan = emptyPlan(household._id, wish.week, memberIdsOf(household), now);
      await mealPlans.insertOne(plan, { session });
      return good(plan);
    });
    if (!inserted.ok) return inserted;
    const made = planUpdate(inserted.value, writtenVersion(session), now.getTime());
    return good({ data: made.data ?? "", made });
  });
}

function isWithinReach(week: Week, now: Date): boolean {
  const monday = mondayOf(week);
  return monday !== null && Math.abs(monday.getTime() - now.getTime()) <= REACH_MS;
}
