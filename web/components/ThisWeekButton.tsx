import { thisWeek } from "../store/today.ts";
import { FailureNote } from "./FailureNote.tsx";
import { usePlanNavigation } from "./usePlanNavigation.ts";

/** From a plan that is gone to this week of the same household; the server makes it, if it has to. */
export function ThisWeekButton({ householdId }: { readonly householdId: string }) {
  const { busy, failure, go } = usePlanNavigation();
  return (
    <>
      <button
        type="button"
        class="button primary"
        disabled={busy.value}
        onClick={() => go(householdId, thisWeek.value)}
      >
        Open this week
      </button>
      <FailureNote failure={failure.value} />
    </>
  );
}
