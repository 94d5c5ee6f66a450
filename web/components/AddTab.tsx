import { today } from "../store/today.ts";
import { dayName } from "../store/dayOfWeek.ts";
import type { GridControls } from "./GridControls.ts";
import { PlusIcon } from "./icons.tsx";

/** On a phone, at the thumb: most dishes are added for tonight, and the form knows the other days. */
export function AddTab({ onAdd }: Pick<GridControls, "onAdd">) {
  return (
    <button
      type="button"
      class="button primary add-tab"
      aria-label="Add a meal"
      onClick={() => onAdd(dayName(today.peek()), "dinner")}
    >
      <PlusIcon /> <span>Add</span>
    </button>
  );
}
