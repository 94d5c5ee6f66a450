import type { Household } from "../../protocol/household.ts";
import { notShownYet, type PendingEdit } from "../edits/pendingEdit.ts";

/** A household as the user has changed it, also before the server has it. */
export function withHouseholdEdits(
  household: Household,
  pending: readonly PendingEdit[],
  now: number,
): Household {
  const own = pending.filter(
    ({ row: { work } }) => work.kind === "household" && work.householdId === household._id,
  );
  const open = notShownYet(own, household.updatedAt, now).filter(({ state }) => state.kind !== "refused");
  const changes = open.map(({ row: { work } }) => (work.kind === "household" ? work.edit.change : {}));
  return Object.assign({ ...household }, ...changes) as Household;
}
