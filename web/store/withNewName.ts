import type { Household } from "../../protocol/household.ts";
import { notShownYet, type PendingEdit } from "../edits/pendingEdit.ts";

/** A household under the name that the user gave it last, also before the server has it. */
export function withNewName(household: Household, pending: readonly PendingEdit[], now: number): Household {
  const renamings = pending.filter(
    ({ row: { work } }) => work.kind === "household" && work.householdId === household._id,
  );
  const last = notShownYet(renamings, household.updatedAt, now).findLast(
    ({ state }) => state.kind !== "refused",
  );
  return last?.row.work.kind === "household" ? { ...household, name: last.row.work.name } : household;
}
