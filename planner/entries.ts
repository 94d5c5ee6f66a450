import { type Document, ObjectId } from "mongodb";

import { type Answer, good, refusedField } from "../protocol/answer.ts";
import type { EntryChange, NewEntry } from "../protocol/mealPlan.ts";
import type { Recipe } from "../protocol/recipe.ts";
import type { Edit } from "./Edit.ts";
import type { Store } from "./Store.ts";
import type { StoredEntry } from "./storedDocuments.ts";
import { recipeOf } from "./wire.ts";
import { TIMED } from "../durable-objects/database/timed.ts";

const DEFAULT_SERVINGS = 4;

/** A dish on a plan as it is stored, which may be anything; `null` when there is none. */
export function entryOn(plan: Document, entryId: string): Document | null {
  const entries: unknown = plan["entries"];
  if (!Array.isArray(entries)) return null;
  const found: unknown = entries.find((entry: unknown) => idOf(entry) === entryId);
  return (found as Document | undefined) ?? null;
}

function idOf(entry: unknown): unknown {
  if (typeof entry !== "object" || entry === null || !("_id" in entry)) return undefined;
  return entry._id instanceof ObjectId ? entry._id.toHexString() : entry._id;
}

/** A dish as it is stored. Refuses `invalid-body` for a recipe that is not the household's. */
export async function newEntry(
  store: Store,
  plan: Document,
  entry: NewEntry,
  { userId, at }: Edit,
): Promise<Answer<StoredEntry>> {
  const named = await recipeFor(store, plan, entry.recipeId);
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
    changedBy: new ObjectId(userId),
    changedAt: at,
  });
}

/** The changes as they are stored. Refuses like `newEntry`. */
export async function changedFields(
  store: Store,
  plan: Document,
  changes: EntryChange,
): Promise<Answer<Partial<StoredEntry>>> {
  const named = await recipeFor(store, plan, changes.recipeId);
  if (!named.ok) return named;
  const { recipeId, ...plain } = changes;
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  if (recipeId === undefined) return good(given);
  if (named.value === null) return good({ ...given, recipeId: null });
  return good({ title: named.value.title, ...given, recipeId: new ObjectId(named.value._id) });
}

async function recipeFor(
  { recipes }: Store,
  plan: Document,
  recipeId: string | null | undefined,
): Promise<Answer<Recipe | null>> {
  if (!recipeId) return good(null);
  const found = await recipes.findOne(
    { _id: new ObjectId(recipeId), householdId: plan["householdId"] },
    TIMED,
  );
  return found ? good(recipeOf(found)) : refusedField("recipeId", "No recipe of this household");
}
