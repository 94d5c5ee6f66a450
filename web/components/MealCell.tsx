import type { Day, Meal } from "../../protocol/mealPlan.ts";
import { capital } from "../store/dates.ts";
import { cellName } from "../store/Entries.ts";
import type { PlanStore } from "../store/PlanStore.ts";
import { EntryList } from "./EntryList.tsx";
import type { GridControls } from "./GridControls.ts";
import { PlusIcon } from "./icons.tsx";
import { MealName } from "./MealName.tsx";

interface MealCellProps {
  readonly day: Day;
  readonly meal: Meal;
  readonly store: PlanStore;
  readonly controls: GridControls | null;
}

/** One meal of one day. */
export function MealCell({ day, meal, store, controls }: MealCellProps) {
  const id = `meal-${day}-${meal}`;
  return (
    <section class={`meal ${meal}`} aria-labelledby={id} data-day={day} data-meal={meal}>
      <header class="meal-header">
        <h3 id={id}>
          <span class="visually-hidden">{capital(day)} </span>
          <MealName meal={meal} />
        </h3>
        {controls && (
          <button
            type="button"
            class="icon-button add"
            aria-label={`Add to ${capital(day)} ${meal}`}
            onClick={() => controls.onAdd(day, meal)}
          >
            <PlusIcon />
          </button>
        )}
      </header>
      <EntryList place={cellName(day, meal)} store={store} controls={controls} showPlace={false} />
    </section>
  );
}
