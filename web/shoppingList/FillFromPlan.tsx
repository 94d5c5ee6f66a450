import { weekAfter } from "../../protocol/week.ts";
import type { ShoppingList } from "../store/ShoppingList.ts";
import { thisWeek } from "../store/today.ts";

/** Puts on the list what the dishes of a week need. */
export function FillFromPlan({ list }: { readonly list: ShoppingList }) {
  const busy = list.unsaved.value.some(({ row }) => row.work.edit.kind === "fill");
  const week = thisWeek.value;
  return (
    <div class="fill-list" role="group" aria-label="Take over what is planned">
      <button type="button" class="button" disabled={busy} onClick={() => list.fill(week, "this week")}>
        From this week’s plan
      </button>
      <button
        type="button"
        class="button"
        disabled={busy}
        onClick={() => list.fill(weekAfter(week, 1), "next week")}
      >
        Next week’s
      </button>
    </div>
  );
}
