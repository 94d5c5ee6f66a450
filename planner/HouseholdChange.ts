import type { ChangeText } from "../protocol/change.ts";
import type { Household } from "../protocol/household.ts";

/** A household after a write, and what is to be published of it and its plans. */
export interface HouseholdChange {
  readonly household: Household;
  readonly changes: readonly ChangeText[];
}
