import { effect } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Awareness } from "../store/Awareness.ts";
import type { PlanStore } from "../store/PlanStore.ts";
import type { GridFocus } from "./GridFocus.ts";
import type { StillGrid } from "./StillGrid.ts";
import { soon } from "./lazyPart.tsx";
import { useLater } from "./useLater.ts";

const loadStill = soon(() => import("./StillGrid.ts"));
const loadFocus = soon(() => import("./GridFocus.ts"));

/**
 * Lets live updates neither move what one is about to press nor take away the focus, and leads to what was missed.
 * @param awareness `null` where there is nothing to do but to look, or not yet.
 * @returns for the element that holds the grid.
 */
export function useGridHold(store: PlanStore, awareness: Awareness | null): RefObject<HTMLDivElement | null> {
  const root = useRef<HTMLDivElement | null>(null);
  const stillness = useLater(loadStill);
  const focusing = useLater(loadFocus);
  const still = useRef<StillGrid | null>(null);
  const focus = useRef<GridFocus | null>(null);
  useEffect(() => {
    if (!root.current || !stillness) return undefined;
    still.current = new stillness.StillGrid(root.current);
    return still.current.watch();
  }, [stillness]);
  useEffect(() => {
    if (!root.current || !focusing || !awareness) return undefined;
    focus.current = new focusing.GridFocus(
      root.current,
      (entryId) => awareness.recent.touch(entryId).peek()?.kind === "moved",
    );
    return focus.current.watch();
  }, [focusing, awareness]);
  // The hook of the same name would run when the plan is painted already.
  useEffect(
    () =>
      effect(() => {
        void store.arrival.value;
        void awareness?.recent.closings.value;
        still.current?.hold();
      }),
    [store, awareness],
  );
  const led = awareness?.unseen.current.value?.entry._id;
  useEffect(() => {
    if (led) focus.current?.lead(led);
  }, [led, focusing]);
  return root;
}
