import { placeOf } from "../store/words.ts";
import type { MadeEdit } from "./MadeEdits.ts";
import type { EntryEdit, HouseholdWork, ListEdit, RecipeEdit } from "./work.ts";

/** Says what the user did, as in “Moved Soup to Friday dinner.” */
export function describeMade({ work, about }: MadeEdit): string {
  switch (work.kind) {
    case "entry":
      return describeEntryEdit(work.edit, about);
    case "recipe":
      return describeRecipeEdit(work.edit, about);
    case "household":
      return describeHouseholdEdit(work.edit, about);
    case "list":
      return describeListEdit(work.edit, about);
  }
}

function describeHouseholdEdit({ change, seen }: HouseholdWork["edit"], about: string): string {
  if (change.name !== undefined) return `Renamed ${about} to ${change.name}.`;
  if (change.aisles !== undefined) return `Moved ${about}.`;
  const isMore = (change.staples?.length ?? 0) > (seen.staples?.length ?? 0);
  return isMore ? `${about} is always in the pantry now.` : `${about} is no longer always in the pantry.`;
}

function describeListEdit(edit: ListEdit, about: string): string {
  if (edit.kind === "fill") return `Took over what ${about} needs.`;
  if (edit.kind === "remove") return `Took ${about} off the list.`;
  if (edit.kind === "add") return `Put ${about} on the list.`;
  const { done, aisle, text } = edit.change;
  if (done !== undefined) return done ? `Ticked ${about}.` : `${about} is back on the list.`;
  if (aisle !== undefined && text === undefined) return `Moved ${about} to ${aisle}.`;
  return `Changed ${about}.`;
}

function describeEntryEdit(edit: EntryEdit, about: string): string {
  if (edit.kind === "remove") return `Removed ${about}.`;
  if (edit.kind === "add") return `Added ${about} to ${placeOf(edit.entry)}.`;
  const { change, seen } = edit;
  const isMoved = change.day !== undefined || change.meal !== undefined;
  return isMoved
    ? `Moved ${about} to ${placeOf({ day: "", meal: "", ...seen, ...change })}.`
    : `Changed ${about}.`;
}

function describeRecipeEdit(edit: RecipeEdit, about: string): string {
  if (edit.kind === "remove") return `Deleted the recipe ${about}.`;
  return edit.kind === "add" ? `Wrote down ${about}.` : `Changed the recipe ${about}.`;
}
