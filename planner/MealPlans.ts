import { RpcTarget } from "cloudflare:workers";

import type { Activity } from "../protocol/activity.ts";
import { type Answer, good, refused } from "../protocol/answer.ts";
import type { EntryPatch, NewEntry } from "../protocol/mealPlan.ts";
import { activityOf } from "./activityOf.ts";
import type { Edit } from "./Edit.ts";
import { editPlan } from "./editPlan.ts";
import { addition, alteration, removal } from "./entryWrites.ts";
import { visiblePlan, type WrittenPlan } from "./planAccess.ts";
import { type WeekPlan, planOfWeek } from "./planOfWeek.ts";
import type { PlannerClient } from "./Store.ts";
import { TIMED } from "../durable-objects/database/timed.ts";

/** The queries about meal plans. Every write answers the plan's whole new value, and what is to be published. */
export class MealPlans extends RpcTarget {
  readonly #client: PlannerClient;

  constructor(client: PlannerClient) {
    super();
    this.#client = client;
  }

  /** The household's plan of an ISO week, made on first ask. Refuses `not-found`. */
  ofWeek(householdId: string, week: string, userId: string, now: Date): Promise<Answer<WeekPlan>> {
    return this.#client.run("mealPlans.ofWeek", (store) =>
      planOfWeek(store, { householdId, week, userId }, now),
    );
  }

  /**
   * Adds a dish; adding the same `_id` again changes nothing. Refuses `not-found`, `invalid-body` for a recipe of
   * another household, `limit-reached`.
   */
  addEntry(planId: string, entry: NewEntry, edit: Edit): Promise<Answer<WrittenPlan>> {
    return this.#client.run("mealPlans.addEntry", (store) =>
      editPlan(store, planId, edit, (plan) => addition(store, plan, entry, edit)),
    );
  }

  /**
   * Changes the given fields of a dish. Refuses `not-found`, `invalid-body` for a recipe of another household, and
   * `changed-meanwhile` where a field is neither what was seen nor what is wanted.
   */
  changeEntry(planId: string, entryId: string, patch: EntryPatch, edit: Edit): Promise<Answer<WrittenPlan>> {
    return this.#client.run("mealPlans.changeEntry", (store) =>
      editPlan(store, planId, edit, (plan, tries) =>
        alteration(store, plan, entryId, patch, { edit, tries }),
      ),
    );
  }

  /** What members did to the plan, the newest first. Refuses `not-found`. */
  activity(planId: string, userId: string): Promise<Answer<Activity>> {
    return this.#client.run("mealPlans.activity", async ({ mealPlans, households }) => {
      const plan = await mealPlans.findOne(visiblePlan(planId, userId), {
        ...TIMED,
        projection: { householdId: 1, activity: 1 },
      });
      if (!plan) return refused("not-found");
      const household = await households.findOne({ _id: plan["householdId"] }, TIMED);
      return good({ activity: activityOf(plan, household) });
    });
  }

  /** Takes a dish off the plan. Refuses `not-found`. */
  removeEntry(planId: string, entryId: string, edit: Edit): Promise<Answer<WrittenPlan>> {
    return this.#client.run("mealPlans.removeEntry", (store) =>
      editPlan(store, planId, edit, (plan) => removal(plan, entryId, edit)),
    );
  }
}
