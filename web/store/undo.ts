import { sameValue } from "../../protocol/sameValue.ts";
import { inverseOf } from "../edits/inverse.ts";
import type { MadeEdit } from "../edits/MadeEdits.ts";
import {
  entryIdOf,
  lineIdOf,
  type EntryEdit,
  type ListEdit,
  type RecipeEdit,
  type Work,
} from "../edits/work.ts";
import { currentEdits } from "./currentEdits.ts";
import { cookbooksOf } from "./cookbooks.ts";
import { householdKey, householdsOf } from "./liveData.ts";
import { openPlan } from "./openPlans.ts";
import { userId } from "./session.ts";
import { shoppingListsOf } from "./shoppingLists.ts";

/** What the user did last in this tab; `null` when there is nothing, or when it can't be undone any more. */
export function lastMade(): MadeEdit | null {
  const last = currentEdits.value?.made.list.value.at(-1);
  return last && isPossible(last) ? last : null;
}

/** The newest of what the user did that can be undone. */
export function undoable(): MadeEdit | null {
  return currentEdits.value?.made.list.value.findLast(isPossible) ?? null;
}

/** Takes back what the user did. */
export function undo(made: MadeEdit): void {
  const inverse = inverseOf(made.work);
  if (inverse) void currentEdits.peek()?.undo(made, inverse);
}

/** True when somebody has changed a dish since the user added it: removing it would take their work as well. */
export function isChangedSince({ work }: MadeEdit): boolean {
  if (work.kind !== "entry" || work.edit.kind !== "add") return false;
  const { entry: added } = work.edit;
  const now = openPlan(work.planId)?.entries.view(added._id)?.value.entry;
  if (!now) return false;
  const { day, meal, recipeId, title, servings, note } = added;
  const known = { day, meal, recipeId, title, note, ...(servings === null ? {} : { servings }) };
  const stored: Readonly<Record<string, unknown>> = { ...now };
  return Object.entries(known).some(([name, value]) => !sameValue(value, stored[name]));
}

function isPossible({ work }: MadeEdit): boolean {
  return inverseOf(work) !== null && isInPlace(work);
}

/** Something that was removed must still be gone, anything else still be there. */
function isInPlace(work: Work): boolean {
  if (work.kind === "entry") return isDishInPlace(work.planId, work.edit);
  if (work.kind === "recipe") return isRecipeInPlace(work.recipeId, work.edit);
  if (work.kind === "list") return isLineInPlace(work.householdId, work.edit);
  const households = householdsOf.get(userId.value).list.value;
  return households === null || households.some(({ _id }) => _id === work.householdId);
}

/** What can't be seen can't be undone: one would not know what happens. */
function isDishInPlace(planId: string, edit: EntryEdit): boolean {
  const plan = openPlan(planId);
  if (!plan || !plan.isOpen.value) return false;
  return plan.entries.ids.value.has(entryIdOf(edit)) === (edit.kind !== "remove");
}

function isRecipeInPlace(recipeId: string, edit: RecipeEdit): boolean {
  const recipes = cookbooksOf.get(userId.value).recipes.value;
  if (recipes === null) return edit.kind === "remove";
  return recipes.some(({ _id }) => _id === recipeId) === (edit.kind !== "remove");
}

function isLineInPlace(householdId: string, edit: ListEdit): boolean {
  const { lines } = shoppingListsOf.get(householdKey(userId.value, householdId));
  const isThere = lines.value?.some(({ line }) => line._id === lineIdOf(edit));
  return isThere === (edit.kind !== "remove");
}
