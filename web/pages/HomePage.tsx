import { useLocation } from "preact-iso/router";
import { useEffect, useRef } from "preact/hooks";
import type { Household } from "../../protocol/household.ts";
import { CreateHouseholdForm } from "../components/CreateHouseholdForm.tsx";
import { FailureNote } from "../components/FailureNote.tsx";
import { lazyPart } from "../components/lazyPart.tsx";
import { RequireUser } from "../components/RequireUser.tsx";
import { useAction } from "../components/useAction.ts";
import { usePageTitle } from "../components/usePageTitle.ts";
import { Waiting } from "../components/Waiting.tsx";
import { useLoading } from "../store/loading.ts";
import { openHomePlan, openPlanOfWeek } from "../store/planOfWeek.ts";
import { thisWeek } from "../store/today.ts";

const FirstVisit = lazyPart(async () => (await import("../components/FirstVisit.tsx")).FirstVisit);

/** Leads to this week's plan, or to making a household; shows whoever has no account what this is. */
export function HomePage() {
  usePageTitle("");
  return <RequireUser stranger={<FirstVisit />}>{(user) => <Home account={user._id} />}</RequireUser>;
}

function Home({ account }: { readonly account: string }) {
  const { route } = useLocation();
  const home = useLoading(`home of ${account}`, () => openHomePlan(account));
  const planId = home.value.value?.planId;
  useEffect(() => {
    if (planId) route(`/plans/${planId}`, true);
  }, [planId]);
  if (home.failure.value) {
    return <FailureNote failure={home.failure.value} onRetry={() => void home.reload()} />;
  }
  if (!home.value.value || planId) return <Waiting />;
  return <Welcome />;
}

/** From the household's name straight to tonight's dinner. */
function Welcome() {
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
