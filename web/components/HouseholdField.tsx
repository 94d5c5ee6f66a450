import type { Signal } from "@preact/signals";
import type { Household } from "../../protocol/household.ts";
import type { Failure } from "../api/request.ts";
import { SelectField } from "./SelectField.tsx";

interface HouseholdFieldProps {
  readonly households: readonly Household[];
  readonly value: Signal<string>;
  readonly failure: Failure | null;
}

/** Chooses one of the user's households. */
export function HouseholdField({ households, value, failure }: HouseholdFieldProps) {
  const options = households.map(({ _id, name }) => ({ value: _id, name }));
  return (
    <SelectField label="Household" name="householdId" value={value} failure={failure} options={options} />
  );
}
