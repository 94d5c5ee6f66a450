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
 * Remembers a line, for who wants it back; by which keyed edits it came and went, so that one that is sent again does not
 * bring it back; and of a ticked one what was bought of it for which plan, so that the plan does not ask for it again.
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
  await makeRoom(goneLines, householdId, session);
  const gone: StoredGoneLine = {
    _id: new ObjectId(),
    householdId,
    keys,
    line,
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

/**
 * Finds a line as it was when it was taken off. From then on it is remembered as little as if it had never gone.
 * @param ids the `_id`s that it may have had. `null` when there is none with this text.
 */
export function takeBack(
  { goneLines }: Store,
  householdId: ObjectId,
  ids: readonly ObjectId[],
  text: string,
  session: ClientSession,
): Promise<Document | null> {
  const filter = { householdId, "line._id": { $in: ids }, "line.text": text };
  const forgotten = { $unset: { line: true, key: true, shares: true } };
  const options = { session, sort: { expiresAt: -1 }, projection: { line: 1 } } as const;
  return goneLines.findOneAndUpdate(filter, forgotten, options).then((gone) => gone?.["line"] ?? null);
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
