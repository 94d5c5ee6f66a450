import { versionOfWrite } from "../durable-objects/database/transactions.ts";
import { type Answer, good, refused, refusedMeanwhile } from "../protocol/answer.ts";
import { conflictsOf } from "../protocol/conflicts.ts";
import type { HouseholdPatch } from "../protocol/household.ts";
import type { Edit } from "./Edit.ts";
import { given } from "./given.ts";
import { seenBy } from "./householdMembers.ts";
import type { HouseholdChange } from "./HouseholdChange.ts";
import { stillHolds, untilNotOvertaken } from "./overtaken.ts";
import type { Store } from "./Store.ts";
import { changesTo, householdOf } from "./wire.ts";

/** Gives a household another name. Refuses `not-found`, `changed-meanwhile`. */
export function renamed(
  store: Store,
  householdId: string,
  { was, ...changes }: HouseholdPatch,
  edit: Edit,
): Promise<Answer<HouseholdChange>> {
  const visible = seenBy(householdId, edit.userId);
  const seen = given(was ?? {});
  return untilNotOvertaken(async () => {
    const stored = await store.households.findOne(visible);
    if (!stored) return refused("not-found");
    const household = householdOf(stored);
    const { name } = household;
    if (conflictsOf({ name }, seen, changes).length > 0) return refusedMeanwhile(household);
    const filter = { ...visible, ...stillHolds(stored, Object.keys(seen)) };
    return write(store, filter, changes.name, edit);
  });
}

async function write(
  store: Store,
  filter: object,
  name: string,
  { at }: Edit,
): Promise<Answer<HouseholdChange> | null> {
  return store.client.withSession(async (session) => {
    const version = versionOfWrite(store, session);
    const update = { $set: { name, updatedAt: at } };
    const options = { session, returnDocument: "after" } as const;
    const written = await store.households.findOneAndUpdate(filter, update, options);
    if (!written) return null;
    const changes = changesTo("households", [written], version(), at.getTime());
    return good({ household: householdOf(written), changes });
  });
}
