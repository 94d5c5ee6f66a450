import { ObjectId } from "mongodb";

import { isDuplicateKey } from "../durable-objects/database/databaseErrors.ts";
import { derivedId } from "../durable-objects/database/derivedId.ts";
import { inTransaction, versionOfWrite } from "../durable-objects/database/transactions.ts";
import { type Answer, good, refused } from "../protocol/answer.ts";
import type { Edit } from "./Edit.ts";
import { recipeOver } from "./recipeQuota.ts";
import { hasRemoved } from "./removedRecipes.ts";
import type { Store } from "./Store.ts";
import type { StoredRecipe } from "./storedDocuments.ts";
import { recipeOf } from "./wire.ts";
import { type WrittenRecipe, writtenRecipe } from "./WrittenRecipe.ts";
import { TIMED } from "../durable-objects/database/timed.ts";

/** The `_id` of a recipe for which its client chose none: of one edit it is the same each time. */
export function recipeIdOf({ userId, key }: Edit): ObjectId {
  return key === null ? new ObjectId() : derivedId(userId, key);
}

/**
 * Adds a recipe. What is there already is answered as it is. An `_id` that somebody else's recipe has is replaced by
 * another, the same each time: nobody is told that it is taken. Refuses `limit-reached`, `not-found`.
 */
export async function addRecipe(
  store: Store,
  recipe: StoredRecipe,
  mine: readonly ObjectId[],
  edit: Edit,
): Promise<Answer<WrittenRecipe>> {
  const instead = derivedId(recipe.householdId.toHexString(), recipe._id.toHexString());
  const earlier = await kept(store, [recipe._id, instead], mine);
  if (earlier) return earlier;
  const full = await recipeOver(store, recipe);
  if (full) return refused("limit-reached", full);
  return (
    (await addAs(store, recipe, mine, edit)) ??
    (await addAs(store, { ...recipe, _id: instead }, mine, edit)) ??
    refused("conflict")
  );
}

/** `null` when the `_id` is somebody else's. */
async function addAs(
  store: Store,
  recipe: StoredRecipe,
  mine: readonly ObjectId[],
  edit: Edit,
): Promise<Answer<WrittenRecipe> | null> {
  try {
    return await insertWithin(store, recipe, edit);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return kept(store, [recipe._id], mine);
  }
}

async function kept(
  store: Store,
  ids: readonly ObjectId[],
  mine: readonly ObjectId[],
): Promise<Answer<WrittenRecipe> | null> {
  const found = await store.recipes.findOne({ _id: { $in: ids }, householdId: { $in: mine } }, TIMED);
  return found && good({ recipe: recipeOf(found), changes: [] });
}

/** Asks again after it is kept: of two that are added at a time neither overlooks the other. */
async function insertWithin(store: Store, recipe: StoredRecipe, edit: Edit): Promise<Answer<WrittenRecipe>> {
  const inserted = await insert(store, recipe, edit);
  const full = inserted.ok ? await recipeOver(store, recipe) : null;
  if (full === null) return inserted;
  await store.recipes.deleteOne({ _id: recipe._id });
  return refused("limit-reached", full);
}

function insert(store: Store, recipe: StoredRecipe, edit: Edit): Promise<Answer<WrittenRecipe>> {
  return store.client.withSession(async (session) => {
    const version = versionOfWrite(store, session);
    // Both in one snapshot: a removal between the two would let an edit that is sent again bring back what is gone.
    const inserted = await inTransaction(session, async () => {
      await store.recipes.insertOne(recipe, { session });
      if (edit.key === null) return good(recipe);
      const filter = { _id: recipe.householdId, ...hasRemoved(edit) };
      const household = await store.households.findOne(filter, { ...TIMED, session, projection: { _id: 1 } });
      return household ? refused("not-found", "It has been deleted since") : good(recipe);
    });
    return inserted.ok ? good(writtenRecipe(recipe, version(), edit.at)) : inserted;
  });
}
