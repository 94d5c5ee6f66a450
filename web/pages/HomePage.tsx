import { useLocation } from "preact-iso/router";
import { useEffect } from "preact/hooks";
import { CreateHouseholdForm } from "../components/CreateHouseholdForm.tsx";
import { FailureNote } from "../components/FailureNote.tsx";
import { RequireUser } from "../components/RequireUser.tsx";
import { usePageTitle } from "../components/usePageTitle.ts";
import { Waiting } from "../components/Waiting.tsx";
import { useLoading } from "../store/loading.ts";
import { openHomePlan } from "../store/planOfWeek.ts";

/** Leads to this week's plan of the first household, or to making a household. */
export function HomePage() {
  usePageTitle("");
  return <RequireUser>{() => <Home />}</RequireUser>;
}

function Home() {
  const { route } = useLocation();
  const home = useLoading("home", openHomePlan);
  const planId = home.value.value?.planId;
  useEffect(() => {
    if (planId) route(`/plans/${planId}`, true);
  }, [planId]);
  if (home.failure.value) {
    return <FailureNote failure={home.failure.value} onRetry={() => void home.reload()} />;
  }
  if (!home.value.value || planId) return <Waiting />;
  return (
    <section class="narrow card">
      <h1>Welcome</h1>
      <p>A household is the people who eat together. Make one to start planning, or ask for an invitation.</p>
      <CreateHouseholdForm onCreated={() => void home.reload()} />
    </section>
  );
}
