import { createHash } from "node:crypto";

import { ObjectId } from "mongodb";

import { isDuplicateKey } from "../durable-objects/database/databaseErrors.ts";
import { inTransaction, versionOfWrite } from "../durable-objects/database/transactions.ts";
import { type Answer, good, refused } from "../protocol/answer.ts";
import type { Edit } from "./Edit.ts";
import { hasRemoved } from "./removedRecipes.ts";
import type { Store } from "./Store.ts";
import type { StoredRecipe } from "./storedDocuments.ts";
import { recipeOf } from "./wire.ts";
import { type WrittenRecipe, writtenRecipe } from "./WrittenRecipe.ts";

/** How many recipes a household can keep: a list answers them all. */
const MAX_RECIPES = 1000;

/** The `_id` of a recipe for which its client chose none: of one edit it is the same each time. */
export function recipeIdOf({ userId, key }: Edit): ObjectId {
  if (key === null) return new ObjectId();
  return new ObjectId(createHash("sha256").update(`${userId}/${key}`).digest("hex").slice(0, 24));
}

/** Adds a recipe. What is there already is answered as it is. Refuses `limit-reached`, `conflict`, `not-found`. */
export async function addRecipe(
  store: Store,
  recipe: StoredRecipe,
  mine: readonly ObjectId[],
  edit: Edit,
): Promise<Answer<WrittenRecipe>> {
  const { _id, householdId } = recipe;
  const kept = await store.recipes.countDocuments({ householdId, _id: { $ne: _id } }, { limit: MAX_RECIPES });
  if (kept >= MAX_RECIPES)
    return refused("limit-reached", `A household keeps at most ${MAX_RECIPES} recipes`);
  try {
    return await insert(store, recipe, edit);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  const earlier = await store.recipes.findOne({ _id, householdId: { $in: mine } });
  if (!earlier) return refused("conflict", "There is a document with this _id");
  return good({ recipe: recipeOf(earlier), changes: [] });
}

function insert(store: Store, recipe: StoredRecipe, edit: Edit): Promise<Answer<WrittenRecipe>> {
  return store.client.withSession(async (session) => {
    const version = versionOfWrite(store, session);
    // Both in one snapshot: a removal between the two would let an edit that is sent again bring back what is gone.
    const inserted = await inTransaction(session, async () => {
      await store.recipes.insertOne(recipe, { session });
      if (edit.key === null) return good(recipe);
      const filter = { _id: recipe.householdId, ...hasRemoved(edit) };
      const household = await store.households.findOne(filter, { session, projection: { _id: 1 } });
      return household ? refused("not-found", "It has been deleted since") : good(recipe);
    });
    return inserted.ok ? good(writtenRecipe(recipe, version(), edit.at)) : inserted;
  });
}
