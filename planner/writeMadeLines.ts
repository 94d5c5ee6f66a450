import { type AnyBulkWriteOperation, type ClientSession, type Document, ObjectId } from "mongodb";

import { TIMED } from "../durable-objects/database/timed.ts";
import { aisleOf } from "../kitchen/aisleOf.ts";
import type { ListWrite, MadeLine } from "../kitchen/mergeNeeds.ts";
import { readIngredient } from "../kitchen/readIngredient.ts";
import { showLine } from "../kitchen/showLine.ts";
import { aisleCorrectionsOf } from "./aisleCorrections.ts";
import type { Edit } from "./Edit.ts";
import { storedShare } from "./lineShares.ts";
import { changedBy } from "./rememberedEdits.ts";
import type { Store } from "./Store.ts";
import type { StoredLine } from "./storedDocuments.ts";

/** What was written of a list: its lines as they are now, and as they were before they went. */
export interface WrittenList {
  readonly written: readonly Document[];
  readonly removed: readonly Document[];
}

/** Does with the lines of a list what a plan has made of it, within a transaction. Answers them as they are now. */
export async function writeMadeLines(
  { lists }: Store,
  household: Document,
  writes: readonly ListWrite[],
  edit: Edit,
  session: ClientSession,
): Promise<WrittenList> {
  const [removals, others] = [writes.filter(isRemoval), writes.filter((write) => !isRemoval(write))];
  const gone = { _id: { $in: idsOf(removals) } };
  const removed = await lists.find(gone, { ...TIMED, session }).toArray();
  if (removed.length > 0) await lists.deleteMany(gone, { session });
  if (others.length > 0)
    await lists.bulkWrite(
      others.map((write) => operationOf(write, household, edit)),
      { session },
    );
  const written = await lists.find({ _id: { $in: idsOf(others) } }, { ...TIMED, session }).toArray();
  return { written, removed };
}

function operationOf({ kind, line }: ListWrite, household: Document, edit: Edit): AnyBulkWriteOperation {
  if (kind === "add") return { insertOne: { document: newLine(line, household, edit) } };
  const update = { $set: { ...contentOf(line), ...changedBy(edit) } };
  return { updateOne: { filter: { _id: new ObjectId(line.id) }, update } };
}

function newLine(line: MadeLine, household: Document, { userId, at }: Edit): StoredLine {
  const content = contentOf(line);
  return {
    _id: new ObjectId(line.id),
    householdId: household["_id"] as ObjectId,
    key: line.key,
    ...content,
    aisle: aisleOf(readIngredient(content.name).name, aisleCorrectionsOf(household)),
    done: false,
    doneBy: null,
    createdAt: at,
    updatedAt: at,
    changedBy: new ObjectId(userId),
    changedAt: at,
  };
}

function contentOf({ shares }: MadeLine) {
  return { ...showLine(shares), shares: shares.map(storedShare) };
}

function isRemoval({ kind }: ListWrite): boolean {
  return kind === "remove";
}

function idsOf(writes: readonly ListWrite[]): readonly ObjectId[] {
  return writes.map(({ line }) => new ObjectId(line.id));
}
