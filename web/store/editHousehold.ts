import type { Household } from "../../protocol/household.ts";
import { only } from "../edits/alteration.ts";
import type { HouseholdFields } from "../edits/work.ts";
import { currentEdits } from "./currentEdits.ts";

/**
 * Changes what a household has said of its kitchen.
 * @param household as the user sees it.
 * @param about the name of what is changed, for the person.
 */
export function editHousehold(household: Household, change: Partial<HouseholdFields>, about: string): void {
  const seen: Partial<HouseholdFields> = only(household, Object.keys(change));
  const edit = { kind: "change", change, seen } as const;
  void currentEdits.peek()?.add({ kind: "household", householdId: household._id, edit }, about);
}
