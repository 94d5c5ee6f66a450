import { RpcTarget } from "cloudflare:workers";
import type { Document } from "mongodb";

import { type Answer, good, refused } from "../protocol/answer.ts";
import type { PlannerClient } from "./Store.ts";
import type { EntryChange, NewEntry } from "../protocol/mealPlan.ts";
import { changedFields, MAX_ENTRIES, newEntry } from "./entries.ts";
import { either } from "../durable-objects/database/either.ts";
import { visiblePlan, writePlan, type WrittenPlan } from "./planAccess.ts";
import { type WeekPlan, planOfWeek } from "./planOfWeek.ts";
import { planData, wireOf } from "./wire.ts";

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
  addEntry(planId: string, entry: NewEntry, userId: string, now: Date): Promise<Answer<WrittenPlan>> {
    const visible = visiblePlan(planId, userId);
    return this.#client.run("mealPlans.addEntry", async (store) => {
      const made = await newEntry(store, visible, entry, userId);
      if (!made.ok) return made;
      const { _id } = made.value;
      const room = {
        ...visible,
        entries: { $type: "array" },
        "entries._id": { $ne: _id },
        [`entries.${MAX_ENTRIES - 1}`]: { $exists: false },
      };
      const written = await writePlan(store, room, { $push: { entries: made.value } }, now);
      if (written) return good(written);
      return explain(await store.mealPlans.findOne(visible), _id.toString());
    });
  }

  /** Changes the given fields of a dish. Refuses `not-found`, `invalid-body` for a recipe of another household. */
  changeEntry(
    planId: string,
    entryId: string,
    changes: EntryChange,
    userId: string,
    now: Date,
  ): Promise<Answer<WrittenPlan>> {
    const visible = visiblePlan(planId, userId);
    return this.#client.run("mealPlans.changeEntry", async (store) => {
      const fields = await changedFields(store, visible, changes);
      if (!fields.ok) return fields;
      const set = Object.entries(fields.value).map(([name, value]) => [`entries.$[entry].${name}`, value]);
      const written = await writePlan(
        store,
        { ...visible, entries: { $type: "array" }, "entries._id": either(entryId) },
        { $set: Object.fromEntries(set) },
        now,
        [{ "entry._id": either(entryId) }],
      );
      return written ? good(written) : refused("not-found");
    });
  }

  /** Takes a dish off the plan. Refuses `not-found`. */
  removeEntry(planId: string, entryId: string, userId: string, now: Date): Promise<Answer<WrittenPlan>> {
    return this.#client.run("mealPlans.removeEntry", async (store) => {
      const written = await writePlan(
        store,
        { ...visiblePlan(planId, userId), entries: { $type: "array" }, "entries._id": either(entryId) },
        { $pull: { entries: { _id: either(entryId) } } },
        now,
      );
      return written ? good(written) : refused("not-found");
    });
  }
}

/** Why a dish was not added: it is there already, there is no plan or no room, or the plan's list is none. */
function explain(document: Document | null, entryId: string): Answer<WrittenPlan> {
  if (!document) return refused("not-found");
  const entries = wireOf(document)["entries"];
  if (!Array.isArray(entries)) return refused("conflict", "The entries of this plan are no list");
  if (entries.some((entry) => entry?._id === entryId)) return good({ data: planData(document), changes: [] });
  if (entries.length >= MAX_ENTRIES)
    return refused("limit-reached", `At most ${MAX_ENTRIES} dishes on a plan`);
  return refused("conflict");
}
