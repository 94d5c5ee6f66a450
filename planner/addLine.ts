import { type ClientSession, type Document, ObjectId } from "mongodb";

import { isDuplicateKey } from "../durable-objects/database/databaseErrors.ts";
import { derivedId } from "../durable-objects/database/derivedId.ts";
import { either } from "../durable-objects/database/either.ts";
import { TIMED } from "../durable-objects/database/timed.ts";
import { inTransaction, versionOfWrite } from "../durable-objects/database/transactions.ts";
import { aisleOf } from "../kitchen/aisleOf.ts";
import { readIngredient } from "../kitchen/readIngredient.ts";
import { readLine } from "../kitchen/readLine.ts";
import { type Answer, good, refused } from "../protocol/answer.ts";
import { QUOTAS } from "../protocol/quotas.ts";
import type { NewLine } from "../protocol/shoppingList.ts";
import { aisleCorrectionsOf } from "./aisleCorrections.ts";
import type { Edit } from "./Edit.ts";
import { isGoneBy, takeBack } from "./goneLines.ts";
import { seenBy } from "./householdMembers.ts";
import { LIST_IS_FULL } from "./listIsFull.ts";
import { untilNotOvertaken } from "./overtaken.ts";
import { changedBy } from "./rememberedEdits.ts";
import type { Store } from "./Store.ts";
import type { StoredLine } from "./storedDocuments.ts";
import { type WrittenLine, writtenLine } from "./WrittenLine.ts";

const { linesOfHousehold } = QUOTAS;

/** A line that was there already, or has just been written. */
interface AddedLine {
  readonly line: Document;
  readonly isNew: boolean;
}

/**
 * Writes a line on a household's list. What is there already is answered as it is. One that was taken off comes back as it
 * was, by its `_id` and text. An `_id` that is taken elsewhere is replaced by another, the same each time. Refuses `not-found`, `limit-reached`.
 */
export function addLine(
  store: Store,
  householdId: string,
  wanted: NewLine,
  edit: Edit,
): Promise<Answer<WrittenLine>> {
  return untilNotOvertaken(async () => {
    try {
      return await addOnce(store, householdId, wanted, edit);
    } catch (error) {
      if (isDuplicateKey(error)) return null;
      throw error;
    }
  });
}

function addOnce(
  store: Store,
  householdId: string,
  wanted: NewLine,
  edit: Edit,
): Promise<Answer<WrittenLine>> {
  return store.client.withSession(async (session) => {
    const version = versionOfWrite(store, session);
    const added = await inTransaction(session, () => add(store, householdId, wanted, edit, session));
    if (!added.ok) return added;
    const { line, isNew } = added.value;
    if (!isNew) return good({ ...writtenLine(line, null, edit.at), changes: [] });
    const writtenAt = version();
    // Counted again after it is kept: of two that are written at a time neither overlooks the other.
    if ((await store.lists.countDocuments({ householdId: either(householdId) }, TIMED)) > linesOfHousehold) {
      await store.lists.deleteOne({ _id: line["_id"] });
      return refused("limit-reached", LIST_IS_FULL);
    }
    return good(writtenLine(line, writtenAt, edit.at));
  });
}

async function add(
  store: Store,
  householdId: string,
  wanted: NewLine,
  edit: Edit,
  session: ClientSession,
): Promise<Answer<AddedLine>> {
  const household = await store.households.findOne(seenBy(householdId, edit.userId), { ...TIMED, session });
  if (!household) return refused("not-found");
  const [id, instead] = idsOf(householdId, wanted, edit);
  const found = await store.lists.find({ _id: { $in: [id, instead] } }, { ...TIMED, session }).toArray();
  const mine = found.find((line) => String(line["householdId"]) === householdId);
  if (mine) return good({ line: mine, isNew: false });
  if (await isGoneBy(store, household._id, edit, session))
    return refused("not-found", "It has been deleted since");
  const own = { householdId: either(householdId) };
  if ((await store.lists.countDocuments(own, { ...TIMED, session })) >= linesOfHousehold)
    return refused("limit-reached", LIST_IS_FULL);
  const before = await takeBack(store, household._id, [id, instead], wanted.text, session);
  const line = before
    ? lineAgain(before, wanted, edit)
    : newLine(household, found.length > 0 ? instead : id, wanted, edit);
  await store.lists.insertOne(line, { session });
  return good({ line, isNew: true });
}

/** The `_id` that a line is to have, and the one that it gets where that is taken. Of one edit always the same. */
function idsOf(householdId: string, { _id }: NewLine, { userId, key }: Edit): readonly [ObjectId, ObjectId] {
  if (_id !== undefined) return [new ObjectId(_id), derivedId(householdId, _id)];
  const made = key === null ? new ObjectId() : derivedId(userId, key);
  return [made, derivedId(householdId, made.toHexString())];
}

/** Who takes back that a line went has all of it: its tick, and what plans need of it. */
function lineAgain(before: Document, { aisle }: NewLine, edit: Edit): Document & { readonly _id: ObjectId } {
  return {
    ...before,
    _id: before["_id"] as ObjectId,
    ...(aisle !== undefined && { aisle }),
    ...changedBy(edit),
    ...(edit.key !== null && { addedWith: edit.key }),
  };
}

function newLine(household: Document, _id: ObjectId, { text, aisle }: NewLine, edit: Edit): Document {
  const read = readLine(text);
  const line: StoredLine = {
    _id,
    householdId: household["_id"] as ObjectId,
    text,
    ...read,
    aisle: aisle ?? aisleOf(readIngredient(text).name, aisleCorrectionsOf(household)),
    done: false,
    doneBy: null,
    dishes: [],
    createdAt: edit.at,
    updatedAt: edit.at,
    changedBy: new ObjectId(edit.userId),
    changedAt: edit.at,
    ...(edit.key !== null && { addedWith: edit.key }),
  };
  return line;
}
