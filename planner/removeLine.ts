import { type ClientSession, type Document, ObjectId } from "mongodb";

import { inTransaction, versionOfWrite } from "../durable-objects/database/transactions.ts";
import { type Answer, good, refused } from "../protocol/answer.ts";
import type { ChangeText } from "../protocol/change.ts";
import type { Edit } from "./Edit.ts";
import { isGoneBy, rememberGone } from "./goneLines.ts";
import type { Store } from "./Store.ts";
import { visibleLine } from "./visibleLine.ts";
import { removalsFrom } from "./wire.ts";

/** Takes a line off a list; not again when this edit has done so before. Refuses `not-found`. */
export function removeLine(
  store: Store,
  householdId: string,
  lineId: string,
  edit: Edit,
): Promise<Answer<readonly ChangeText[]>> {
  return store.client.withSession(async (session) => {
    const version = versionOfWrite(store, session);
    const removed = await inTransaction(session, () => remove(store, householdId, lineId, edit, session));
    return removed.ok ? good(removalsFrom("lists", removed.value, version(), edit.at.getTime())) : removed;
  });
}

async function remove(
  store: Store,
  householdId: string,
  lineId: string,
  edit: Edit,
  session: ClientSession,
): Promise<Answer<readonly Document[]>> {
  const visible = await visibleLine(store, householdId, lineId, edit.userId, session);
  if (!visible) return refused("not-found");
  const household = new ObjectId(householdId);
  if (await isGoneBy(store, household, edit, session)) return good([]);
  const line = await store.lists.findOneAndDelete(visible, { session });
  if (!line) return refused("not-found");
  await rememberGone(store, household, line, edit, session);
  return good([line]);
}
