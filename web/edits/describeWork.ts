import { capital } from "../store/dates.ts";
import type { QueuedEdit } from "./pendingEdit.ts";
import type { EntryEdit, HouseholdWork, ListEdit, RecipeEdit } from "./work.ts";

/** Says what an edit wants, with what was typed, as in “Change Soup: note “hot””. */
export function describeWork({ work, about }: QueuedEdit): string {
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

function describeHouseholdEdit({ change }: HouseholdWork["edit"], about: string): string {
  if (change.name !== undefined) return `Rename ${about} to “${change.name}”`;
  return change.aisles ? `Move ${about}` : `Change what is always in the pantry: ${about}`;
}

function describeListEdit(edit: ListEdit, about: string): string {
  if (edit.kind === "fill") return `Put on the list what ${about} needs`;
  if (edit.kind === "add") return `Put ${about} on the list`;
  if (edit.kind === "remove") return `Take ${about} off the list`;
  const { done, ...others } = edit.change;
  if (done !== undefined) return done ? `Tick ${about}` : `Untick ${about}`;
  return `Change ${about}: ${wanted(others)}`;
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
