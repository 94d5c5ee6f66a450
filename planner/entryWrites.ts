import type { Document } from "mongodb";

import { either } from "../durable-objects/database/either.ts";
import { type Answer, good, refused, refusedMeanwhile } from "../protocol/answer.ts";
import { conflictsOf } from "../protocol/conflicts.ts";
import type { EntryPatch, NewEntry } from "../protocol/mealPlan.ts";
import type { Edit } from "./Edit.ts";
import type { PlanWrite } from "./editPlan.ts";
import { changedFields, entryOn, MAX_ENTRIES, newEntry } from "./entries.ts";
import { stillHolds } from "./overtaken.ts";
import type { Store } from "./Store.ts";
import { given } from "./given.ts";
import { entryOf, wireOf } from "./wire.ts";

/** How to add a dish to a plan; `null` when it is there. Refuses `conflict` for a plan whose dishes are no list. */
export async function addition(
  store: Store,
  plan: Document,
  wish: NewEntry,
  edit: Edit,
): Promise<Answer<PlanWrite | null>> {
  const { entries } = plan;
  if (!Array.isArray(entries)) return refused("conflict", "The entries of this plan are no list");
  if (wish._id !== undefined && entryOn(plan, wish._id)) return good(null);
  const entry = await newEntry(store, plan, wish, edit);
  if (!entry.ok) return entry;
  if (entries.length >= MAX_ENTRIES)
    return refused("limit-reached", `At most ${MAX_ENTRIES} dishes on a plan`);
  const room = {
    entries: { $type: "array" },
    "entries._id": { $nin: either(entry.value._id.toHexString()).$in },
    [`entries.${MAX_ENTRIES - 1}`]: { $exists: false },
  };
  return good({ filter: room, update: { $push: { entries: entry.value } } });
}

/** How to change a dish on a plan. Refuses `not-found`, `changed-meanwhile`, and like `changedFields`. */
export async function alteration(
  store: Store,
  plan: Document,
  entryId: string,
  { was, ...changes }: EntryPatch,
): Promise<Answer<PlanWrite>> {
  const entry = entryOn(plan, entryId);
  if (!entry) return refused("not-found");
  const seen = given(was ?? {});
  if (conflictsOf(entryOf(entry), seen, given(changes)).length > 0) return refusedMeanwhile(wireOf(entry));
  const fields = await changedFields(store, plan, changes);
  if (!fields.ok) return fields;
  const set = Object.entries(fields.value).map(([name, value]) => [`entries.$[entry].${name}`, value]);
  return good({
    filter: { entries: { $elemMatch: { _id: either(entryId), ...stillHolds(entry, Object.keys(seen)) } } },
    update: { $set: Object.fromEntries(set) },
    arrayFilters: [{ "entry._id": either(entryId) }],
  });
}

/** How to take a dish off a plan. Refuses `not-found`. */
export async function removal(plan: Document, entryId: string): Promise<Answer<PlanWrite>> {
  if (!entryOn(plan, entryId)) return refused("not-found");
  const filter = { entries: { $elemMatch: { _id: either(entryId) } } };
  return good({ filter, update: { $pull: { entries: { _id: either(entryId) } } } });
}
