import { MEALS, type Day } from "../../protocol/mealPlan.ts";
import { capital, dateText, daysOf } from "../store/dates.ts";
import { ELSEWHERE } from "../store/Entries.ts";
import type { PlanStore } from "../store/PlanStore.ts";
import { today } from "../store/today.ts";
import type { GridControls } from "./GridControls.ts";
import { MealCell } from "./MealCell.tsx";
import { TODAY_ID } from "./todayId.ts";
import { EntryList } from "./EntryList.tsx";
import { useGridHold } from "./useGridHold.ts";

interface WeekGridProps {
  readonly store: PlanStore;
  /** `null` when the plan can only be looked at. */
  readonly controls: GridControls | null;
}

/** Seven days by four meals; on a phone, day after day. */
export function WeekGrid({ store, controls }: WeekGridProps) {
  const week = store.head.value?.week ?? "";
  const root = useGridHold(store, controls?.awareness ?? null);
  return (
    <div class="plan-grid" ref={root}>
      <div class="week">
        {daysOf(week).map(({ day, date }) => (
          <DayColumn key={day} day={day} date={date} store={store} controls={controls} />
        ))}
      </div>
      <Elsewhere store={store} controls={controls} />
    </div>
  );
}

interface DayColumnProps extends WeekGridProps {
  readonly day: Day;
  readonly date: Date | null;
}

function DayColumn({ day, date, store, controls }: DayColumnProps) {
  const isToday = date?.getTime() === today.value;
  return (
    <section
      id={isToday ? TODAY_ID : undefined}
      class={isToday ? "day today" : "day"}
      aria-labelledby={`day-${day}`}
    >
      <h2 id={`day-${day}`} aria-current={isToday ? "date" : undefined}>
        <span class="day-name">{capital(day)}</span>{" "}
        {date && <time dateTime={date.toISOString().slice(0, 10)}>{dateText(date)}</time>}
        {isToday && <span class="today-mark">Today</span>}
      </h2>
      {MEALS.map((meal) => (
        <MealCell key={meal} day={day} meal={meal} store={store} controls={controls} />
      ))}
    </section>
  );
}

/** Dishes whose day or meal is none that the grid knows: somebody typed them into the database. */
function Elsewhere({ store, controls }: WeekGridProps) {
  const { length } = store.entries.cell(ELSEWHERE).value;
  if (length === 0) return null;
  return (
    <section class="card elsewhere" aria-labelledby="elsewhere">
      <h2 id="elsewhere">Elsewhere</h2>
      <p class="hint">These dishes have a day or a meal that a week does not have.</p>
      <EntryList place={ELSEWHERE} store={store} controls={controls} showPlace />
    </section>
  );
}
