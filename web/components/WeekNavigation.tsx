import { mondayOf, weekAfter } from "../../protocol/week.ts";
import type { PlanHead } from "../store/PlanStore.ts";
import { thisWeek } from "../store/today.ts";
import { FailureNote } from "./FailureNote.tsx";
import { NextIcon, PreviousIcon } from "./icons.tsx";
import { TODAY_ID } from "./todayId.ts";
import { usePlanNavigation } from "./usePlanNavigation.ts";

/** To the week before, this week, the week after. */
export function WeekNavigation({ plan }: { readonly plan: PlanHead }) {
  const { busy, failure, go } = usePlanNavigation();
  const { householdId, week } = plan;
  // A plan whose week was typed by hand may have no neighbours.
  const known = mondayOf(week) !== null;
  return (
    <nav class="week-navigation" aria-label="Weeks">
      <button
        type="button"
        class="icon-button"
        aria-label="Previous week"
        disabled={busy.value || !known}
        onClick={() => go(householdId, weekAfter(week, -1))}
      >
        <PreviousIcon />
      </button>
      {week === thisWeek.value ? (
        <a class="button" href={`#${TODAY_ID}`}>
          Today
        </a>
      ) : (
        <button
          type="button"
          class="button"
          disabled={busy.value}
          onClick={() => go(householdId, thisWeek.value)}
        >
          This week
        </button>
      )}
      <button
        type="button"
        class="icon-button"
        aria-label="Next week"
        disabled={busy.value || !known}
        onClick={() => go(householdId, weekAfter(week, 1))}
      >
        <NextIcon />
      </button>
      <FailureNote failure={failure.value} />
    </nav>
  );
}
