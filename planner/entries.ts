import { type Document, ObjectId } from "mongodb";

import { type Answer, good, refused, refusedField } from "../protocol/answer.ts";
import type { EntryChange, NewEntry } from "../protocol/mealPlan.ts";
import type { Recipe } from "../protocol/recipe.ts";
import type { Store } from "./Store.ts";
import type { StoredEntry } from "./storedDocuments.ts";
import { recipeOf } from "./wire.ts";

/** How many dishes fit on a plan. */
export const MAX_ENTRIES = 200;

const DEFAULT_SERVINGS = 4;

/** A dish as it is stored. Refuses `not-found`, and `invalid-body` for a recipe that is not the household's. */
export async function newEntry(
  store: Store,
  visiblePlan: Document,
  entry: NewEntry,
  userId: string,
): Promise<Answer<StoredEntry>> {
  const named = await recipeFor(store, visiblePlan, entry.recipeId);
  if (!named.ok) return named;
  const title = entry.title ?? named.value?.title;
  if (!title) return refusedField("title", "A dish needs a title or a recipe");
  return good({
    _id: new ObjectId(entry._id),
    day: entry.day,
    meal: entry.meal,
    recipeId: entry.recipeId ? new ObjectId(entry.recipeId) : null,
    title,
    servings: entry.servings ?? named.value?.servings ?? DEFAULT_SERVINGS,
    note: entry.note ?? "",
    addedBy: new ObjectId(userId),
  });
}

/** The changes as they are stored. Refuses like `newEntry`. */
export async function changedFields(
  store: Store,
  visiblePlan: Document,
  changes: EntryChange,
): Promise<Answer<Partial<StoredEntry>>> {
  const named = await recipeFor(store, visiblePlan, changes.recipeId);
  if (!named.ok) return named;
  const { recipeId, ...plain } = changes;
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  if (recipeId === undefined) return good(given);
  if (named.value === null) return good({ ...given, recipeId: null });
  return good({ title: named.value.title, ...given, recipeId: new ObjectId(named.value._id) });
}

async function recipeFor(
  { mealPlans, recipes }: Store,
  visiblePlan: Document,
  recipeId: string | null | undefined,
): Promise<Answer<Recipe | null>> {
  if (!recipeId) return good(null);
  const plan = await mealPlans.findOne(visiblePlan, { projection: { householdId: 1 } });
  if (!plan) return refused("not-found");
  const found = await recipes.findOne({ _id: new ObjectId(recipeId), householdId: plan["householdId"] });
  return found ? good(recipeOf(found)) : refusedField("recipeId", "No recipe of this household");
}
