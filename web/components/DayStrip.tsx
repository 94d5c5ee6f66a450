import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { MEALS, type Day } from "../../protocol/mealPlan.ts";
import { capital, daysOf } from "../store/dates.ts";
import { cellName } from "../store/Entries.ts";
import type { PlanStore } from "../store/PlanStore.ts";
import { ageOf, today } from "../store/today.ts";

interface DayStripProps {
  readonly week: string;
  readonly store: PlanStore;
}

/** The week in a line: which day one looks at, and for which meals there is something. It leads to each day. */
export function DayStrip({ week, store }: DayStripProps) {
  const shown = useShownDay(week);
  return (
    <nav class="strip-days" aria-label="Days of the week">
      {daysOf(week).map(({ day, date }) => (
        <button
          key={day}
          type="button"
          class={`strip-day ${ageOf(date, today.value)}`}
          aria-current={day === shown ? "true" : undefined}
          onClick={() => goTo(day)}
        >
          <span aria-hidden="true">{capital(day).slice(0, 3)}</span>
          <span class="visually-hidden">{capital(day)}</span>
          <b>{date?.getUTCDate()}</b>
          <Pips day={day} store={store} />
        </button>
      ))}
    </nav>
  );
}

/** One dot for each meal for which something is planned. */
function Pips({ day, store }: { readonly day: Day; readonly store: PlanStore }) {
  const planned = MEALS.filter((meal) => store.entries.cell(cellName(day, meal)).value.length > 0);
  return (
    <span class="pips" aria-hidden="true">
      {planned.map((meal) => (
        <i key={meal} class={meal} />
      ))}
    </span>
  );
}

/** The address stays as it is: behind a # there may be the token of a share link. */
function goTo(day: Day): void {
  headingOf(day)?.closest("section")?.scrollIntoView({ block: "start" });
}

function headingOf(day: Day): HTMLElement | null {
  return document.getElementById(`day-${day}`);
}

/** The day that begins in the upper part of the screen, or did so last. */
function useShownDay(week: string): Day | null {
  const shown = useSignal<Day | null>(null);
  useEffect(() => {
    const days = daysOf(week).map(({ day }) => day);
    const observer = new IntersectionObserver(look, {
      rootMargin: "0px 0px -55% 0px",
      threshold: [0, 0.1, 0.5, 1],
    });
    function look(): void {
      shown.value = days.findLast((day) => isBegun(day)) ?? days[0] ?? null;
    }
    for (const day of days) {
      const section = headingOf(day)?.closest("section");
      if (section) observer.observe(section);
    }
    return () => observer.disconnect();
  }, [week]);
  return shown.value;
}

function isBegun(day: Day): boolean {
  const top = headingOf(day)?.getBoundingClientRect().top;
  return top !== undefined && top < innerHeight * 0.4;
}
