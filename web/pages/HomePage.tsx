import { useLocation } from "preact-iso/router";
import { useEffect } from "preact/hooks";
import { FailureNote } from "../components/FailureNote.tsx";
import { lazyPart } from "../components/lazyPart.tsx";
import { RequireUser } from "../components/RequireUser.tsx";
import { usePageTitle } from "../components/usePageTitle.ts";
import { Waiting } from "../components/Waiting.tsx";
import { useLoading } from "../store/loading.ts";
import { openHomePlan } from "../store/planOfWeek.ts";

const FirstVisit = lazyPart(async () => (await import("../components/FirstVisit.tsx")).FirstVisit);
const Welcome = lazyPart(async () => (await import("../components/Welcome.tsx")).Welcome);

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
