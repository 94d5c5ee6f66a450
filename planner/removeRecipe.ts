import type { ClientSession, Document } from "mongodb";

import { inTransaction, versionOfWrite } from "../durable-objects/database/transactions.ts";
import { type Answer, good, refused } from "../protocol/answer.ts";
import type { ChangeText } from "../protocol/change.ts";
import type { Edit } from "./Edit.ts";
import { either } from "../durable-objects/database/either.ts";
import { hasRemoved, rememberRemoval } from "./removedRecipes.ts";
import type { Store } from "./Store.ts";
import { removalsFrom } from "./wire.ts";
import { TIMED } from "../durable-objects/database/timed.ts";

/** Removes a recipe that fits the filter; not again when this edit has removed it before. Refuses `not-found`. */
export async function removeRecipe(
  store: Store,
  filter: Document,
  edit: Edit,
): Promise<Answer<readonly ChangeText[]>> {
  return store.client.withSession(async (session) => {
    const version = versionOfWrite(store, session);
    const removed = await inTransaction(session, () => remove(store, filter, edit, session));
    return removed.ok ? good(removalsFrom("recipes", removed.value, version(), edit.at.getTime())) : removed;
  });
}

async function remove(
  store: Store,
  filter: Document,
  edit: Edit,
  session: ClientSession,
): Promise<Answer<readonly Document[]>> {
  if (await wasRemovedBy(store, edit, session)) return good([]);
  const recipe = await store.recipes.findOneAndDelete(filter, { session });
  if (!recipe) return refused("not-found");
  await rememberRemoval(store, recipe, edit, session);
  return good([recipe]);
}

async function wasRemovedBy({ households }: Store, edit: Edit, session: ClientSession): Promise<boolean> {
  if (edit.key === null) return false;
  const filter = { "members.userId": either(edit.userId), ...hasRemoved(edit) };
  return (await households.findOne(filter, { ...TIMED, session, projection: { _id: 1 } })) !== null;
}
