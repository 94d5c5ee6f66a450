import type { ClientSession, Document } from "mongodb";

import type { Edit } from "./Edit.ts";
import { appending } from "./rememberedEdits.ts";
import type { Store } from "./Store.ts";
import { TIMED } from "../durable-objects/database/timed.ts";

/** How many removed recipes a household remembers, so that an edit of one that is sent again does not bring it back. */
const REMEMBERED = 50;

/** Remembers on its household by which keyed edits a recipe came and went. */
export async function rememberRemoval(
  { households }: Store,
  recipe: Document,
  edit: Edit,
  session: ClientSession,
): Promise<void> {
  const keys = [recipe["addedWith"], edit.key].filter((key) => typeof key === "string");
  const household = await households.findOne({ _id: recipe["householdId"] }, { ...TIMED, session });
  if (!household || keys.length === 0) return;
  const update = appending(household, "removedRecipes", { _id: recipe["_id"], keys }, REMEMBERED);
  await households.updateOne({ _id: household._id }, update, { session });
}

/** A filter for households of which an edit has made, or removed, a recipe that is gone. */
export function hasRemoved({ key }: Edit): Document {
  return { removedRecipes: { $elemMatch: { keys: key } } };
}
