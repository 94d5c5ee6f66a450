import { renameHousehold } from "../api/households.ts";
import { addEntry, changeEntry, removeEntry } from "../api/mealPlans.ts";
import { changeRecipe, createRecipe, deleteRecipe } from "../api/recipes.ts";
import type { Result } from "../api/request.ts";
import type { QueuedEdit } from "./pendingEdit.ts";
import type { EntryEdit, RecipeEdit } from "./work.ts";

/** A document that the server answers, or nothing after one was deleted. */
type Answer = { readonly updatedAt: string } | null;

const GONE = { ok: true, value: null } as const;

/**
 * Sends an edit to the server, once more if need be: its key makes that harmless.
 * @returns the `updatedAt` of the document that holds it, `null` when that is gone. What is gone already counts as removed.
 */
export async function sendWork({ key, work }: QueuedEdit): Promise<Result<string | null>> {
  const result = await answerTo(work, key);
  if (result.ok) return { ok: true, value: result.value?.updatedAt ?? null };
  const isRemoval = work.kind !== "household" && work.edit.kind === "remove";
  return isRemoval && result.failure.code === "not-found" ? GONE : result;
}

function answerTo(work: QueuedEdit["work"], key: string): Promise<Result<Answer>> {
  if (work.kind === "entry") return sendEntryEdit(work.planId, work.edit, key);
  if (work.kind === "recipe") return sendRecipeEdit(work.recipeId, work.edit, key);
  return renameHousehold(work.householdId, work.name, key);
}

function sendEntryEdit(planId: string, edit: EntryEdit, key: string): Promise<Result<Answer>> {
  if (edit.kind === "add") return addEntry(planId, edit.entry, key);
  if (edit.kind === "change") return changeEntry(planId, edit.entryId, edit.change, key);
  return removeEntry(planId, edit.entryId, key);
}

function sendRecipeEdit(recipeId: string, edit: RecipeEdit, key: string): Promise<Result<Answer>> {
  if (edit.kind === "add") return createRecipe(recipeId, edit.householdId, edit.fields, key);
  if (edit.kind === "change") return changeRecipe(recipeId, edit.change, key);
  return deleteRecipe(recipeId, key);
}
