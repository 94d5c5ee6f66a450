import { placeOf } from "../store/words.ts";
import type { MadeEdit } from "./MadeEdits.ts";
import type { EntryEdit, RecipeEdit } from "./work.ts";

/** Says what the user did, as in “Moved Soup to Friday dinner.” */
export function describeMade({ work, about }: MadeEdit): string {
  if (work.kind === "household") return `Renamed ${about} to ${work.name}.`;
  return work.kind === "entry" ? describeEntryEdit(work.edit, about) : describeRecipeEdit(work.edit, about);
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
