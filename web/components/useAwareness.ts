import { useSignal, type ReadonlySignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Awareness } from "../store/Awareness.ts";
import type { People } from "../store/People.ts";
import type { PlanStore } from "../store/PlanStore.ts";
import { systemClock } from "../stream/clock.ts";

/**
 * Watches what others do to a plan for as long as a component is there.
 * @param self the user's id; `null` for a guest.
 */
export function useAwareness(store: PlanStore, self: string | null, people: People): Awareness {
  const now = useRef(people);
  now.current = people;
  const isLookedAt = useIsLookedAt();
  const awareness = useMemo(
    () =>
      new Awareness({
        store,
        self,
        people: () => now.current,
        clock: systemClock,
        isLookedAt,
      }),
    [store],
  );
  useEffect(() => awareness.watch(), [awareness]);
  return awareness;
}

/** True while the user sees the page. */
function useIsLookedAt(): ReadonlySignal<boolean> {
  const isLookedAt = useSignal(document.visibilityState === "visible");
  useEffect(() => {
    const look = () => (isLookedAt.value = document.visibilityState === "visible");
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return isLookedAt;
}
