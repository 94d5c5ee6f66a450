import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { currentEdits } from "../store/currentEdits.ts";
import { describeChanges } from "../store/describeChanges.ts";
import { otherMoveOf } from "../store/otherMove.ts";
import { pageNotice } from "../store/pageNotice.ts";
import type { People } from "../store/People.ts";
import type { Arrival, PlanStore } from "../store/PlanStore.ts";

/** Says who has moved a dish that the user had put somewhere else. */
export function useOtherMoves({ arrival }: PlanStore, people: People): void {
  const latest = useRef(people);
  latest.current = people;
  function look(one: Arrival): void {
    const edits = currentEdits.peek();
    const moved = edits && otherMoveOf(one, edits);
    if (moved) pageNotice.value = describeChanges([moved], (userId) => latest.current.nameOf(userId));
  }
  // Not `useSignalEffect`: that waits for the next frame, and may see only the last of several states.
  useEffect(
    () =>
      effect(() => {
        if (arrival.value) look(arrival.value);
      }),
    [arrival],
  );
}
