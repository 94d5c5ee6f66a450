import { useSignal, type ReadonlySignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Awareness } from "../store/Awareness.ts";
import type { People } from "../store/People.ts";
import type { PlanStore } from "../store/PlanStore.ts";
import { systemClock } from "../stream/clock.ts";
import { soon } from "./lazyPart.tsx";
import { useLater } from "./useLater.ts";

const load = soon(() => import("../store/Awareness.ts"));

/**
 * Watches what others do to a plan for as long as a component is there.
 * @param self the user's id; `null` for a guest.
 * @returns `null` at first: the plan comes before what others do to it.
 */
export function useAwareness(store: PlanStore, self: string | null, people: People): Awareness | null {
  const now = useRef(people);
  now.current = people;
  const isLookedAt = useIsLookedAt();
  const later = useLater(load);
  const awareness = useMemo(
    () =>
      later &&
      new later.Awareness({ store, self, people: () => now.current, clock: systemClock, isLookedAt }),
    [later, store],
  );
  useEffect(() => awareness?.watch(), [awareness]);
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
