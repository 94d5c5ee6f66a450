import { type Document, ObjectId } from "mongodb";

import { either } from "../durable-objects/database/either.ts";
import { type Answer, good, refused, refusedMeanwhile } from "../protocol/answer.ts";
import { conflictsOf } from "../protocol/conflicts.ts";
import type { EntryPatch, NewEntry } from "../protocol/mealPlan.ts";
import { QUOTAS } from "../protocol/quotas.ts";
import { lineOfChange, lineOfWhole, short } from "./activityLine.ts";
import type { Edit } from "./Edit.ts";
import type { PlanWrite } from "./editPlan.ts";
import { changedFields, entryOn, newEntry } from "./entries.ts";
import { stillHolds } from "./overtaken.ts";
import { appending, together } from "./rememberedEdits.ts";
import type { Store } from "./Store.ts";
import { given } from "./given.ts";
import { entryOf, wireOf } from "./wire.ts";

/** How many removed dishes a plan tells of. */
const KEPT_REMOVALS = 20;

/** How often a change waits to be told exactly as it was. Who says what he saw waits as long as it takes. */
const PRECISE_TRIES = 5;

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
  const { dishesOfPlan } = QUOTAS;
  if (entries.length >= dishesOfPlan)
    return refused("limit-reached", `At most ${dishesOfPlan} dishes on a plan`);
  const room = {
    entries: { $type: "array" },
    "entries._id": { $nin: either(entry.value._id.toHexString()).$in },
    [`entries.${dishesOfPlan - 1}`]: { $exists: false },
  };
  const line = lineOfWhole("added", entry.value._id.toHexString(), entry.value);
  return good({ filter: room, update: { $push: { entries: entry.value } }, line });
}

/** How to change a dish on a plan. Refuses `not-found`, `changed-meanwhile`, and like `changedFields`. */
export async function alteration(
  store: Store,
  plan: Document,
  entryId: string,
  { was, ...changes }: EntryPatch,
  { edit, tries }: { readonly edit: Edit; readonly tries: number },
): Promise<Answer<PlanWrite>> {
  const entry = entryOn(plan, entryId);
  if (!entry) return refused("not-found");
  const seen = given(was ?? {});
  if (conflictsOf(entryOf(entry), seen, given(changes)).length > 0) return refusedMeanwhile(wireOf(entry));
  const fields = await changedFields(store, plan, changes);
  if (!fields.ok) return fields;
  const written = { ...fields.value, changedBy: new ObjectId(edit.userId), changedAt: edit.at };
  const set = Object.entries(written).map(([name, value]) => [`entries.$[entry].${name}`, value]);
  const told = tries < PRECISE_TRIES ? Object.keys(fields.value) : [];
  const unchanged = stillHolds(entry, [...Object.keys(seen), ...told]);
  return good({
    filter: { entries: { $elemMatch: { _id: either(entryId), ...unchanged } } },
    update: { $set: Object.fromEntries(set) },
    arrayFilters: [{ "entry._id": either(entryId) }],
    line: lineOfChange(entryId, entry, fields.value),
  });
}

/** How to take a dish off a plan. Refuses `not-found`. */
export async function removal(
  plan: Document,
  entryId: string,
  { userId, at }: Edit,
): Promise<Answer<PlanWrite>> {
  const entry = entryOn(plan, entryId);
  if (!entry) return refused("not-found");
  const { day, meal, title } = entryOf(entry);
  const removed = { day: short(day), meal: short(meal), title: short(title), by: new ObjectId(userId), at };
  const filter = { entries: { $elemMatch: { _id: either(entryId) } } };
  const update = together(
    { $pull: { entries: { _id: either(entryId) } } },
    appending(plan, "removed", { _id: new ObjectId(entryId), ...removed }, KEPT_REMOVALS),
  );
  return good({ filter, update, line: lineOfWhole("removed", entryId, entry) });
}
