import { alterationOf, withAlteration } from "./alteration.ts";
import { readEntry, type ShownEntry } from "../api/readMealPlan.ts";
import { readRecipe } from "../api/recipes.ts";
import { readLine } from "../api/shoppingLists.ts";
import type { EntryEdit, ListEdit, RecipeEdit, SeenEntry, Work } from "./work.ts";

const NULLABLE: ReadonlySet<string> = new Set(["recipeId", "image", "source"]);

/**
 * The edit that takes another one back, and nothing that others have done since: as seen counts what the edit made.
 * @returns `null` where that is not possible: not all was known before.
 */
export function inverseOf(work: Work): Work | null {
  const alteration = alterationOf(work);
  if (alteration) {
    const { change, was } = alteration;
    const isKnown = Object.keys(change).every((name) => isSeen(name, was[name]));
    return isKnown ? withAlteration(work, { change: was, was: change }) : null;
  }
  if (work.kind === "entry") return inverseOfEntryEdit(work.planId, work.edit);
  if (work.kind === "recipe") return inverseOfRecipeEdit(work.recipeId, work.edit);
  return work.kind === "list" ? inverseOfListEdit(work.householdId, work.edit) : null;
}

/** What nobody typed in can't be sent either. */
function isSeen(name: string, value: unknown): boolean {
  return value !== undefined && (value !== null || NULLABLE.has(name));
}

function inverseOfEntryEdit(planId: string, edit: EntryEdit): Work | null {
  if (edit.kind === "add") {
    return { kind: "entry", planId, edit: { kind: "remove", entryId: edit.entry._id, seen: edit.entry } };
  }
  const entry = wholeEntry(edit.seen);
  return entry && { kind: "entry", planId, edit: { kind: "add", entry } };
}

function inverseOfRecipeEdit(recipeId: string, edit: RecipeEdit): Work | null {
  if (edit.kind === "add") {
    const seen = { householdId: edit.householdId, ...edit.fields };
    return { kind: "recipe", recipeId, edit: { kind: "remove", seen } };
  }
  const { householdId } = edit.seen;
  if (!householdId) return null;
  const { title, servings, ingredients, steps, tags, image, source } = readRecipe(edit.seen);
  const fields = { title, servings, ingredients, steps, tags, image, source };
  return { kind: "recipe", recipeId, edit: { kind: "add", householdId, fields } };
}

/** What a plan has brought to a list is taken off line by line. */
function inverseOfListEdit(householdId: string, edit: ListEdit): Work | null {
  if (edit.kind === "add") {
    const { line } = edit;
    return { kind: "list", householdId, edit: { kind: "remove", lineId: line._id, seen: line } };
  }
  if (edit.kind !== "remove" || !edit.seen.text) return null;
  const line = { ...readLine(edit.seen), _id: edit.lineId, householdId };
  return { kind: "list", householdId, edit: { kind: "add", line } };
}

/** A dish of which all was seen, as it was; `null` when that is not so. */
function wholeEntry(seen: SeenEntry): ShownEntry | null {
  return seen._id && seen.day && seen.meal && seen.title ? readEntry(seen, 0) : null;
}
