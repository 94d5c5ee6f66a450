import { ErrorBoundary } from "preact-iso/lazy";
import type { PlanStore } from "../store/PlanStore.ts";
import { lazyPart } from "./lazyPart.tsx";
import { Waiting } from "./Waiting.tsx";

const PlanEnd = lazyPart(async () => (await import("./PlanEnd.tsx")).PlanEnd);

interface PlanStatusProps {
  readonly store: PlanStore;
  readonly isGuest: boolean;
}

/** What there is to say instead of, or above, the week. */
export function PlanStatus({ store, isGuest }: PlanStatusProps) {
  const state = store.state.value;
  const isLost = state === "revoked" || state === "gone" || (isGuest && state === "signed-out");
  if (!isLost && !store.deleted.value) return store.head.value ? null : <Waiting />;
  return (
    <ErrorBoundary>
      <PlanEnd store={store} isGuest={isGuest} />
    </ErrorBoundary>
  );
}
