import { effect } from "@preact/signals";
import { currentEdits } from "./currentEdits.ts";
import { describeChanges } from "./describeChanges.ts";
import { otherMoveOf } from "./otherMove.ts";
import { pageNotice } from "./pageNotice.ts";
import type { PlanStore } from "./PlanStore.ts";

/**
 * Says who has moved a dish that the user had put somewhere else.
 * @returns ends it.
 */
export function watchOtherMoves(
  { arrival }: Pick<PlanStore, "arrival">,
  nameOf: (userId: string) => string | null,
): () => void {
  return effect(() => {
    const edits = currentEdits.peek();
    const moved = edits && arrival.value && otherMoveOf(arrival.value, edits);
    if (moved) pageNotice.value = describeChanges([moved], nameOf);
  });
}
