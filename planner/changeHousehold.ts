import type { Document } from "mongodb";

import { versionOfWrite } from "../durable-objects/database/transactions.ts";
import { type Answer, good, refused, refusedMeanwhile } from "../protocol/answer.ts";
import { conflictsOf } from "../protocol/conflicts.ts";
import type { HouseholdPatch } from "../protocol/household.ts";
import type { Edit } from "./Edit.ts";
import { given } from "./given.ts";
import { may, seenBy } from "./householdMembers.ts";
import type { HouseholdChange } from "./HouseholdChange.ts";
import { stillHolds, untilNotOvertaken } from "./overtaken.ts";
import { applied, changedBy, isApplied, notApplied, rememberingKey, together } from "./rememberedEdits.ts";
import type { Store } from "./Store.ts";
import { changesTo, householdOf } from "./wire.ts";
import { TIMED } from "../durable-objects/database/timed.ts";

/** Changes the given fields of a household. Refuses `not-found`, `forbidden`, `changed-meanwhile`. */
export function changeHousehold(
  store: Store,
  householdId: string,
  { was, ...changes }: HouseholdPatch,
  edit: Edit,
): Promise<Answer<HouseholdChange>> {
  const visible = seenBy(householdId, edit.userId);
  const seen = given(was ?? {});
  return untilNotOvertaken(async () => {
    const stored = await store.households.findOne(visible, TIMED);
    if (!stored) return refused("not-found");
    if (changes.name !== undefined && !may(stored, edit.userId, "rename"))
      return refused("forbidden", "Only an owner can rename a household");
    const household = householdOf(stored);
    if (isApplied(stored, "edits", edit)) return repeated(store, { ...visible, ...applied("edits", edit) });
    if (conflictsOf(given(household), seen, given(changes)).length > 0) return refusedMeanwhile(household);
    const filter = { ...visible, ...notApplied("edits", edit), ...stillHolds(stored, Object.keys(seen)) };
    const update = { $set: { ...given(changes), ...changedBy(edit) } };
    return write(store, filter, together(update, rememberingKey(stored, edit)), edit);
  });
}

async function repeated(store: Store, filter: Document): Promise<Answer<HouseholdChange> | null> {
  const household = await store.households.findOne(filter, { ...TIMED, readConcern: { level: "majority" } });
  return household && good({ household: householdOf(household), changes: [] });
}

async function write(
  store: Store,
  filter: Document,
  update: Document,
  { at }: Edit,
): Promise<Answer<HouseholdChange> | null> {
  return store.client.withSession(async (session) => {
    const version = versionOfWrite(store, session);
    const options = { session, returnDocument: "after" } as const;
    const written = await store.households.findOneAndUpdate(filter, update, options);
    if (!written) return null;
    const changes = changesTo("households", [written], version(), at.getTime());
    return good({ household: householdOf(written), changes });
  });
}
