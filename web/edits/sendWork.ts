import { changeHousehold } from "../api/households.ts";
import { addEntry, changeEntry, fetchPlanOfWeek, removeEntry } from "../api/mealPlans.ts";
import { list } from "../api/reading.ts";
import { changeRecipe, createRecipe, deleteRecipe } from "../api/recipes.ts";
import type { Failure, Result } from "../api/request.ts";
import { addLine, changeLine, fillFromPlan, removeLine } from "../api/shoppingLists.ts";
import { alterationOf, only, withAlteration, type Fields } from "./alteration.ts";
import { overtakenFields } from "./overtakenFields.ts";
import type { QueuedEdit } from "./pendingEdit.ts";
import type { EntryEdit, ListEdit, RecipeEdit, Work } from "./work.ts";

/** A document that the server answers, or nothing after one was deleted. */
type Answer = { readonly updatedAt: string } | null;

const GONE = { ok: true, value: null } as const;

/** Of two moves of a dish, a line or an aisle the last one wins, without a question. */
const PLACE: ReadonlySet<string> = new Set(["day", "meal", "aisle", "aisles"]);

/** Names in no order: two people's changes of them are never in each other's way. */
const SETS: ReadonlySet<string> = new Set(["staples"]);

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
  return isPointless(work) && result.failure.code === "not-found" ? GONE : result;
}

/** True for what asks nothing of anybody when the thing is gone: it was to be removed, or it was in the trolley. */
function isPointless({ kind, edit }: Work): boolean {
  if (edit.kind === "remove") return true;
  return kind === "list" && edit.kind === "change" && Object.keys(edit.change).join() === "done";
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

/** Somebody has moved the same thing meanwhile, or changed the same set of names, and nothing else is in the way. */
function overOtherMove(work: Work, failure: Failure): Work | null {
  const alteration = alterationOf(work);
  const overtaken = overtakenFields(work, failure);
  const names = Object.keys(overtaken);
  if (!alteration || names.length === 0) return null;
  if (!names.every((name) => PLACE.has(name) || SETS.has(name))) return null;
  const { change, was } = alteration;
  const merged = names
    .filter((name) => SETS.has(name))
    .map((name) => [name, mergeNames(list(was[name]), list(change[name]), list(overtaken[name]))] as const);
  return withAlteration(work, {
    change: { ...change, ...Object.fromEntries(merged) },
    was: { ...was, ...overtaken },
  });
}

/** What another made of a set of names, with the user's own additions and without what they took out. */
function mergeNames(was: readonly unknown[], mine: readonly unknown[], theirs: readonly unknown[]) {
  const added = mine.filter((name) => !was.includes(name) && !theirs.includes(name));
  return [...theirs.filter((name) => mine.includes(name) || !was.includes(name)), ...added];
}

function answerTo(work: Work, key: string): Promise<Result<Answer>> {
  if (work.kind === "entry") return sendEntryEdit(work.planId, work.edit, patchOf(work), key);
  if (work.kind === "recipe") return sendRecipeEdit(work.recipeId, work.edit, patchOf(work), key);
  if (work.kind === "list") return sendListEdit(work.householdId, work.edit, patchOf(work), key);
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

function sendListEdit(
  householdId: string,
  edit: ListEdit,
  patch: Fields,
  key: string,
): Promise<Result<Answer>> {
  if (edit.kind === "fill") return fillFromWeek(householdId, edit.week, key);
  if (edit.kind === "add") return addLine(householdId, edit.line, key);
  if (edit.kind === "change") return changeLine(householdId, edit.lineId, patch, key);
  return removeLine(householdId, edit.lineId, key);
}

/** Which plan a week has is known only now: it may have been chosen without a connection. */
async function fillFromWeek(householdId: string, week: string, key: string): Promise<Result<null>> {
  const plan = await fetchPlanOfWeek(householdId, week);
  return plan.ok ? fillFromPlan(householdId, plan.value._id, key) : plan;
}
