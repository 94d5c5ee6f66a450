import type { Day, Meal } from "../../protocol/mealPlan.ts";
import type { Awareness } from "../store/Awareness.ts";
import type { People } from "../store/People.ts";

/** What a member can do on the grid, and sees of the others there. */
export interface GridControls {
  readonly onAdd: (day: Day, meal: Meal) => void;
  readonly onOpen: (entryId: string) => void;
  /** `null` at first. */
  readonly awareness: Awareness | null;
  readonly people: People;
}
