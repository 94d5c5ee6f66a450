import type { Household } from "../../protocol/household.ts";
import type { LineView } from "../store/lineViews.ts";
import type { People } from "../store/People.ts";
import type { ShoppingList } from "../store/ShoppingList.ts";
import type { Drag } from "./useDrag.ts";

/** What the parts of a list share. */
export interface ListControls {
  readonly list: ShoppingList;
  readonly household: Household;
  /** The user's id. */
  readonly self: string;
  readonly people: People;
  /** Opens what can be done with a line. */
  readonly onOpen: (line: LineView["line"]) => void;
  /** Puts an aisle in front of another one; `null` for the end. */
  readonly onMoveAisle: (name: string, before: string | null) => void;
  readonly aisleDrag: Drag;
  readonly lineDrag: Drag;
}
