import { capital } from "../store/dates.ts";
import type { QueuedEdit } from "./pendingEdit.ts";
import type { EntryEdit, RecipeEdit } from "./work.ts";

/** Says what an edit wants, with what was typed, as in “Change Soup: note “hot””. */
export function describeWork({ work, about }: QueuedEdit): string {
  if (work.kind === "household") return `Rename ${about} to “${work.name}”`;
  return work.kind === "entry" ? describeEntryEdit(work.edit, about) : describeRecipeEdit(work.edit, about);
}

function describeEntryEdit(edit: EntryEdit, about: string): string {
  if (edit.kind === "remove") return `Remove ${about}`;
  if (edit.kind === "add") return `Add ${about} to ${capital(edit.entry.day)} ${edit.entry.meal}`;
  return `Change ${about}: ${wanted(edit.change)}`;
}

function describeRecipeEdit(edit: RecipeEdit, about: string): string {
  if (edit.kind === "remove") return `Delete the recipe ${about}`;
  if (edit.kind === "add") return `New recipe ${about}`;
  return `Change the recipe ${about}: ${wanted(edit.change)}`;
}

/** Words and numbers as they were typed; lists by their name. */
function wanted(change: object): string {
  return Object.entries(change)
    .filter(([field]) => field !== "recipeId")
    .map(([field, value]) => (isPlain(value) ? `${field} “${value}”` : field))
    .join(", ");
}

function isPlain(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}
