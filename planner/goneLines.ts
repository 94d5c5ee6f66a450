import { type ClientSession, type Document, ObjectId } from "mongodb";

import { TIMED } from "../durable-objects/database/timed.ts";
import type { Edit } from "./Edit.ts";
import type { Store } from "./Store.ts";
import type { StoredGoneLine } from "./storedDocuments.ts";

/** By then nobody shops for the week of which the line was, nor sends an edit again. */
const KEPT_MS = 60 * 86_400_000;

/** How many a household has at most. */
const MOST = 2_000;

/**
 * Remembers by which keyed edits a line came and went, so that one that is sent again does not bring it back; and of a
 * ticked one what was bought of it for which plan, so that the plan does not ask for it again.
 */
export async function rememberGone(
  { goneLines }: Store,
  householdId: ObjectId,
  line: Document,
  edit: Edit,
  session: ClientSession,
): Promise<void> {
  const keys = [line["addedWith"], edit.key].filter((key) => typeof key === "string");
  const isBought = line["done"] === true && Array.isArray(line["shares"]);
  if (keys.length === 0 && !isBought) return;
  await makeRoom(goneLines, householdId, session);
  const gone: StoredGoneLine = {
    _id: new ObjectId(),
    householdId,
    keys,
    ...(isBought && { key: line["key"], shares: line["shares"] }),
    expiresAt: new Date(edit.at.getTime() + KEPT_MS),
  };
  await goneLines.insertOne(gone, { session });
}

/** Whether an edit has made, or removed, a line that is gone. */
export async function isGoneBy(
  { goneLines }: Store,
  householdId: ObjectId,
  { key }: Edit,
  session: ClientSession,
): Promise<boolean> {
  if (key === null) return false;
  const filter = { householdId, keys: key };
  return (await goneLines.findOne(filter, { ...TIMED, session, projection: { _id: 1 } })) !== null;
}

async function makeRoom(
  goneLines: Store["goneLines"],
  householdId: ObjectId,
  session: ClientSession,
): Promise<void> {
  const own = { householdId };
  if ((await goneLines.countDocuments(own, { ...TIMED, session })) < MOST) return;
  await goneLines.findOneAndDelete(own, { session, sort: { expiresAt: 1 } });
}
