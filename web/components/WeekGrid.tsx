import { MEALS } from "../../protocol/mealPlan.ts";
import { daysOf } from "../store/dates.ts";
import { ELSEWHERE } from "../store/Entries.ts";
import type { PlanStore } from "../store/PlanStore.ts";
import { DayColumn } from "./DayColumn.tsx";
import { EntryList } from "./EntryList.tsx";
import type { GridControls } from "./GridControls.ts";
import { MealName } from "./MealName.tsx";
import { isNarrow } from "./narrow.ts";
import { useGridHold } from "./useGridHold.ts";
import { useLater } from "./useLater.ts";
import { useOpenAtToday } from "./useOpenAtToday.ts";

const loadStrip = () => import("./DayStrip.tsx");

interface WeekGridProps {
  readonly store: PlanStore;
  /** `null` when the plan can only be looked at. */
  readonly controls: GridControls | null;
}

/** Seven days by four meals; on a phone, day after day, from today on. */
export function WeekGrid({ store, controls }: WeekGridProps) {
  const week = store.head.value?.week ?? "";
  const root = useGridHold(store, controls?.awareness ?? null);
  useOpenAtToday(week);
  return (
    <div class="plan-grid" ref={root}>
      {isNarrow.value && <Strip week={week} store={store} />}
      <div class="week">
        <MealLabels />
        {daysOf(week).map(({ day, date }) => (
          <DayColumn key={day} day={day} date={date} store={store} controls={controls} />
        ))}
      </div>
      <Elsewhere store={store} controls={controls} />
    </div>
  );
}

interface StripProps {
  readonly week: string;
  readonly store: PlanStore;
}

/** Its place is there from the start. */
function Strip({ week, store }: StripProps) {
  const strip = useLater(loadStrip);
  return <div class="strip">{strip && <strip.DayStrip week={week} store={store} />}</div>;
}

/** Each row is named once to the eye. A screen reader hears the meal's name in each day. */
function MealLabels() {
  return (
    <div class="meal-labels" aria-hidden="true">
      {MEALS.map((meal) => (
        <div key={meal} class={`meal-label ${meal}`}>
          <MealName meal={meal} />
        </div>
      ))}
    </div>
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
