import { useLocation } from "preact-iso/router";
import { useEffect, useRef } from "preact/hooks";
import type { Household } from "../../protocol/household.ts";
import { openPlanOfWeek } from "../store/planOfWeek.ts";
import { thisWeek } from "../store/today.ts";
import { CreateHouseholdForm } from "./CreateHouseholdForm.tsx";
import { FailureNote } from "./FailureNote.tsx";
import { useAction } from "./useAction.ts";

/** From the household's name straight to tonight's dinner. */
export function Welcome() {
  const { route } = useLocation();
  const { failure, run } = useAction();
  const place = useRef<HTMLElement>(null);
  useEffect(() => place.current?.querySelector("input")?.focus(), []);
  function begin({ _id }: Household): void {
    run(openPlanOfWeek(_id, thisWeek.peek()), (plan) => route(`/plans/${plan._id}?tonight`, true));
  }
  return (
    <section ref={place} class="narrow card">
      <h1>Welcome</h1>
      <p>A household is the people who eat together. Name yours to start planning.</p>
      <CreateHouseholdForm onCreated={begin} />
      <FailureNote failure={failure.value} onRetry={() => route("/", true)} />
      <p class="hint">Does somebody you eat with plan here already? Ask them for an invitation.</p>
    </section>
  );
}
