import { changeHousehold } from "../api/households.ts";
import { addEntry, changeEntry, removeEntry } from "../api/mealPlans.ts";
import { changeRecipe, createRecipe, deleteRecipe } from "../api/recipes.ts";
import type { Failure, Result } from "../api/request.ts";
import { alterationOf, only, withAlteration, type Fields } from "./alteration.ts";
import { overtakenFields } from "./overtakenFields.ts";
import type { QueuedEdit } from "./pendingEdit.ts";
import type { EntryEdit, RecipeEdit, Work } from "./work.ts";

/** A document that the server answers, or nothing after one was deleted. */
type Answer = { readonly updatedAt: string } | null;

const GONE = { ok: true, value: null } as const;

/** Of two moves of a dish the last one wins, without a question. */
const PLACE: ReadonlySet<string> = new Set(["day", "meal"]);

/** Somebody may move the dish again and again meanwhile. */
const MOST_ATTEMPTS = 5;

/**
 * Sends an edit to the server, once more if need be: its key makes that harmless.
 * @returns the `updatedAt` of the document that holds it, `null` when that is gone. What is gone already counts as removed.
 */
export async function sendWork(row: QueuedEdit): Promise<Result<string | null>> {
  const { work } = row;
  const result = await insist(row, work);
  if (result.ok) return { ok: true, value: result.value?.updatedAt ?? null };
  const isRemoval = work.kind !== "household" && work.edit.kind === "remove";
  return isRemoval && result.failure.code === "not-found" ? GONE : result;
}

/** Sends it until it is saved, or refused for a reason that a person has to think about. */
async function insist(row: QueuedEdit, work: Work, attempt = 1): Promise<Result<Answer>> {
  const result = await answerTo(work, row.key);
  if (result.ok || attempt >= MOST_ATTEMPTS) return result;
  const overOther = row.isUndo ? null : overOtherMove(work, result.failure);
  const again = withoutOddities(work, result.failure) ?? overOther;
  return again ? insist(row, again, attempt + 1) : result;
}

/**
 * What was typed into the database by hand may be nothing that the API takes, also as something that was seen: then the
 * field is overwritten.
 */
function withoutOddities(work: Work, { code, fields }: Failure): Work | null {
  const alteration = alterationOf(work);
  if (code !== "invalid-body" || !alteration || fields.length === 0) return null;
  if (!fields.every(({ path }) => path.startsWith("was."))) return null;
  const odd = new Set(fields.map(({ path }) => path.split(".")[1] ?? ""));
  const names = Object.keys(alteration.was).filter((name) => !odd.has(name));
  return withAlteration(work, { ...alteration, was: only(alteration.was, names) });
}

/** Somebody has moved the same dish meanwhile, and nothing else is in the way. */
function overOtherMove(work: Work, failure: Failure): Work | null {
  const alteration = alterationOf(work);
  const overtaken = overtakenFields(work, failure);
  const names = Object.keys(overtaken);
  if (!alteration || names.length === 0 || !names.every((name) => PLACE.has(name))) return null;
  return withAlteration(work, { ...alteration, was: { ...alteration.was, ...overtaken } });
}

function answerTo(work: Work, key: string): Promise<Result<Answer>> {
  if (work.kind === "entry") return sendEntryEdit(work.planId, work.edit, patchOf(work), key);
  if (work.kind === "recipe") return sendRecipeEdit(work.recipeId, work.edit, patchOf(work), key);
  return changeHousehold(work.householdId, patchOf(work), key);
}

function patchOf(work: Work): Fields {
  const { change = {}, was = {} } = alterationOf(work) ?? {};
  return { ...change, was };
}

function sendEntryEdit(planId: string, edit: EntryEdit, patch: Fields, key: string): Promise<Result<Answer>> {
  if (edit.kind === "add") return addEntry(planId, edit.entry, key);
  if (edit.kind === "change") return changeEntry(planId, edit.entryId, patch, key);
  return removeEntry(planId, edit.entryId, key);
}

function sendRecipeEdit(
  recipeId: string,
  edit: RecipeEdit,
  patch: Fields,
  key: string,
): Promise<Result<Answer>> {
  if (edit.kind === "add") return createRecipe(recipeId, edit.householdId, edit.fields, key);
  if (edit.kind === "change") return changeRecipe(recipeId, patch, key);
  return deleteRecipe(recipeId, key);
}
