import { contentHash } from "../../protocol/contentHash.ts";
import { Announcements } from "./Announcements.tsx";
import { ConnectionBadge } from "./ConnectionBadge.tsx";
import { PlanStatus } from "./PlanStatus.tsx";
import { useAwareness } from "./useAwareness.ts";
import { usePageTitle } from "./usePageTitle.ts";
import { usePlanStore } from "./usePlanStore.ts";
import { WeekGrid } from "./WeekGrid.tsx";
import { weekText } from "../store/dates.ts";
import { NOBODY } from "../store/People.ts";

interface GuestPlanProps {
  readonly planId: string;
  /** Of a share link. */
  readonly token: string;
}

/** A plan that can only be looked at. */
export function GuestPlan({ planId, token }: GuestPlanProps) {
  const store = usePlanStore({
    planId,
    share: token,
    tabGroup: `guest-${contentHash(token)}:${planId}`,
    edits: null,
    plan: null,
  });
  const awareness = useAwareness(store, null, NOBODY);
  const plan = store.head.value;
  const ended = store.state.value === "revoked" || store.state.value === "gone";
  usePageTitle(plan ? weekText(plan.week) : "A shared plan");
  return (
    <>
      <header class="plan-header">
        <div class="plan-title">
          <h1>{plan && !ended ? weekText(plan.week) : "A shared plan"}</h1>
          <p class="hint">Shared with you to look at</p>
        </div>
        <div class="plan-presence">
          <ConnectionBadge stream={store} />
        </div>
      </header>
      <PlanStatus store={store} isGuest />
      {plan && !store.deleted.value && !ended && <WeekGrid store={store} controls={null} />}
      <Announcements awareness={awareness} />
    </>
  );
}
