import { useComputed } from "@preact/signals";
import { ErrorBoundary } from "preact-iso/lazy";
import type { PlanHead, PlanStore } from "../store/PlanStore.ts";
import { thisWeek } from "../store/today.ts";
import { lazyPart } from "./lazyPart.tsx";

const EmptyWeek = lazyPart(async () => (await import("./EmptyWeek.tsx")).EmptyWeek);

interface EmptyWeekPlaceProps {
  readonly plan: PlanHead;
  readonly store: PlanStore;
}

/** Room for a question, as long as nothing is planned. What nobody planned in a week that is over, nobody will. */
export function EmptyWeekPlace({ plan, store }: EmptyWeekPlaceProps) {
  const isEmpty = useComputed(() => store.entries.ids.value.size === 0);
  if (!isEmpty.value || plan.week < thisWeek.value) return null;
  return (
    <div class="empty-week-place">
      <ErrorBoundary>
        <EmptyWeek plan={plan} store={store} />
      </ErrorBoundary>
    </div>
  );
}
