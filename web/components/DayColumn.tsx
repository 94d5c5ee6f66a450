import { MEALS, type Day, type Meal } from "../../protocol/mealPlan.ts";
import { capital, dateText } from "../store/dates.ts";
import type { PlanStore } from "../store/PlanStore.ts";
import { ageOf, today } from "../store/today.ts";
import type { GridControls } from "./GridControls.ts";
import { MealCell } from "./MealCell.tsx";
import { isNarrow } from "./narrow.ts";
import { TODAY_ID } from "./todayId.ts";

/** On a phone one asks first what there is tonight. */
const DINNER_FIRST: readonly Meal[] = ["dinner", "breakfast", "lunch", "snack"];

interface DayColumnProps {
  readonly day: Day;
  readonly date: Date | null;
  readonly store: PlanStore;
  readonly controls: GridControls | null;
}

/** One day: a column, or on a phone a part of the page. */
export function DayColumn({ day, date, store, controls }: DayColumnProps) {
  const age = ageOf(date, today.value);
  const isToday = age === "today";
  return (
    <section id={isToday ? TODAY_ID : undefined} class={`day ${age}`} aria-labelledby={`day-${day}`}>
      <h2 id={`day-${day}`} aria-current={isToday ? "date" : undefined}>
        <span class="day-name">{capital(day)}</span>{" "}
        <span class="day-date">
          {isToday && <span class="today-mark">Today,</span>}{" "}
          {date && <time dateTime={date.toISOString().slice(0, 10)}>{dateText(date)}</time>}
        </span>
      </h2>
      {(isNarrow.value ? DINNER_FIRST : MEALS).map((meal) => (
        <MealCell key={meal} day={day} meal={meal} store={store} controls={controls} />
      ))}
    </section>
  );
}
