import type { Household } from "../../protocol/household.ts";
import type { EntryFields } from "../../protocol/mealPlan.ts";
import type { RecipeFields } from "../../protocol/recipe.ts";
import type { LineChange, ShoppingLine } from "../../protocol/shoppingList.ts";
import type { ShownEntry } from "../api/readMealPlan.ts";

/** A dish as the user saw it; less of it when an older version of the page has kept it. */
export type SeenEntry = Partial<ShownEntry>;

/** A recipe as the user saw it. */
export type SeenRecipe = Partial<RecipeFields> & { readonly householdId?: string };

/** What of a household is changed by edits. */
export type HouseholdFields = Pick<Household, "name" | "aisles" | "staples">;

/** What of a line of a shopping list is changed by edits. */
export type LineFields = Pick<ShoppingLine, keyof LineChange>;

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

/** What the user did to one line of a shopping list. */
export type LineEdit =
  | { readonly kind: "add"; readonly line: ShoppingLine }
  | {
      readonly kind: "change";
      readonly lineId: string;
      readonly change: Partial<LineFields>;
      readonly seen: Partial<ShoppingLine>;
    }
  | { readonly kind: "remove"; readonly lineId: string; readonly seen: Partial<ShoppingLine> };

/** What the user did to a shopping list: to one line, or `fill` it with what the dishes of a week need. */
export type ListEdit = LineEdit | { readonly kind: "fill"; readonly week: string };

/** What the user did to a household. What was seen is empty when an older version of the page has kept it. */
interface HouseholdEdit {
  readonly kind: "change";
  readonly change: Partial<HouseholdFields>;
  readonly seen: Partial<HouseholdFields>;
}

/** An edit of a household. */
export interface HouseholdWork {
  readonly kind: "household";
  readonly householdId: string;
  readonly edit: HouseholdEdit;
}

/** An edit of a shopping list. */
interface ListWork {
  readonly kind: "list";
  readonly householdId: string;
  readonly edit: ListEdit;
}

/** An edit with the document that it is about. */
export type Work =
  | { readonly kind: "entry"; readonly planId: string; readonly edit: EntryEdit }
  | { readonly kind: "recipe"; readonly recipeId: string; readonly edit: RecipeEdit }
  | HouseholdWork
  | ListWork;

/** The dish that an edit is about. */
export function entryIdOf(edit: EntryEdit): string {
  return edit.kind === "add" ? edit.entry._id : edit.entryId;
}

/** The line that an edit is about; `null` for one that is about the whole list. */
export function lineIdOf(edit: ListEdit): string | null {
  if (edit.kind === "fill") return null;
  return edit.kind === "add" ? edit.line._id : edit.lineId;
}

/** The document that is edited: the server gets its edits one after the other. Each line of a list is one. */
export function documentOf(work: Work): string {
  switch (work.kind) {
    case "entry":
      return `mealplans/${work.planId}`;
    case "recipe":
      return `recipes/${work.recipeId}`;
    case "household":
      return `households/${work.householdId}`;
    case "list":
      return `lists/${work.householdId}/${lineIdOf(work.edit) ?? "plan"}`;
  }
}

/** What of the document is edited: an edit that was refused holds up only those of the same target. */
export function targetOf(work: Work): string {
  if (work.kind === "entry") return `${documentOf(work)}/${entryIdOf(work.edit)}`;
  if (work.kind !== "household") return documentOf(work);
  return `${documentOf(work)}/${Object.keys(work.edit.change).join("+")}`;
}

/** Where the page shows the document. */
export function pathOf(work: Work): string {
  if (work.kind === "entry") return `/plans/${work.planId}`;
  if (work.kind === "recipe") return `/recipes/${work.recipeId}`;
  const household = `/households/${work.householdId}`;
  return work.kind === "list" ? `${household}/list` : household;
}
