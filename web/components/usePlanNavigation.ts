import { useLocation } from "preact-iso/router";
import { openPlanOfWeek } from "../store/planOfWeek.ts";
import { useAction } from "./useAction.ts";

/** Goes to another week or household. The plan on the page stays until the other one is here. */
export function usePlanNavigation() {
  const { route } = useLocation();
  const { busy, failure, run } = useAction();
  return {
    busy,
    failure,
    go: (householdId: string, week: string) =>
      run(openPlanOfWeek(householdId, week), ({ _id }) => route(`/plans/${_id}`)),
  };
}
