import type { Day, Meal } from "../../protocol/mealPlan.ts";

/** What a member can do on the grid. */
export interface GridControls {
  readonly onAdd: (day: Day, meal: Meal) => void;
  readonly onOpen: (entryId: string) => void;
}
