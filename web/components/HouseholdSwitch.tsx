import type { Household } from "../../protocol/household.ts";
import type { PlanHead } from "../store/PlanStore.ts";
import { FailureNote } from "./FailureNote.tsx";
import { usePlanNavigation } from "./usePlanNavigation.ts";

interface HouseholdSwitchProps {
  readonly plan: PlanHead;
  readonly households: readonly Household[];
}

/** Whose plan this is; with more than one household, a way to the same week of another. */
export function HouseholdSwitch({ plan, households }: HouseholdSwitchProps) {
  const { busy, failure, go } = usePlanNavigation();
  const own = households.find(({ _id }) => _id === plan.householdId);
  if (!own) return null;
  if (households.length === 1) {
    return (
      <p class="household-name">
        <a href={`/households/${own._id}`}>{own.name}</a>
      </p>
    );
  }
  return (
    <>
      <select
        class="household-switch"
        aria-label="Household"
        value={own._id}
        disabled={busy.value}
        onChange={(event) => go(event.currentTarget.value, plan.week)}
      >
        {households.map(({ _id, name }) => (
          <option key={_id} value={_id}>
            {name}
          </option>
        ))}
      </select>
      <FailureNote failure={failure.value} />
    </>
  );
}
