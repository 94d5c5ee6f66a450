import type { EntryFields } from "../../protocol/mealPlan.ts";
import type { RecipeFields } from "../../protocol/recipe.ts";
import type { ShownEntry } from "../api/readMealPlan.ts";

/** A dish as the user saw it; less of it when an older version of the page has kept it. */
export type SeenEntry = Partial<ShownEntry>;

/** A recipe as the user saw it. */
export type SeenRecipe = Partial<RecipeFields> & { readonly householdId?: string };

/** What the user did to one dish. */
export type EntryEdit =
  | { readonly kind: "add"; readonly entry: ShownEntry }
  | {
      readonly kind: "change";
      readonly entryId: string;
      readonly change: Partial<EntryFields>;
      readonly seen: SeenEntry;
    }
  | { readonly kind: "remove"; readonly entryId: string; readonly seen: SeenEntry };

/** What the user did to one recipe. */
export type RecipeEdit =
  | { readonly kind: "add"; readonly householdId: string; readonly fields: RecipeFields }
  | { readonly kind: "change"; readonly change: Partial<RecipeFields>; readonly seen: SeenRecipe }
  | { readonly kind: "remove"; readonly seen: SeenRecipe };

/** An edit of the name of a household. `seen` is the name before; `null` when an older version of the page has kept it. */
export interface HouseholdWork {
  readonly kind: "household";
  readonly householdId: string;
  readonly name: string;
  readonly seen: string | null;
}

/** An edit with the document that it is about. */
export type Work =
  | { readonly kind: "entry"; readonly planId: string; readonly edit: EntryEdit }
  | { readonly kind: "recipe"; readonly recipeId: string; readonly edit: RecipeEdit }
  | HouseholdWork;

/** The dish that an edit is about. */
export function entryIdOf(edit: EntryEdit): string {
  return edit.kind === "add" ? edit.entry._id : edit.entryId;
}

/** The document that is edited: the server gets its edits one after the other. */
export function documentOf(work: Work): string {
  if (work.kind === "entry") return `mealplans/${work.planId}`;
  return work.kind === "recipe" ? `recipes/${work.recipeId}` : `households/${work.householdId}`;
}

/** What of the document is edited: an edit that was refused holds up only those of the same target. */
export function targetOf(work: Work): string {
  return work.kind === "entry" ? `${documentOf(work)}/${entryIdOf(work.edit)}` : documentOf(work);
}

/** Where the page shows the document. */
export function pathOf(work: Work): string {
  if (work.kind === "entry") return `/plans/${work.planId}`;
  return work.kind === "recipe" ? `/recipes/${work.recipeId}` : `/households/${work.householdId}`;
}
