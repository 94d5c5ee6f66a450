import { type Document, ObjectId } from "mongodb";

import { TIMED } from "../durable-objects/database/timed.ts";
import { versionOfWrite } from "../durable-objects/database/transactions.ts";
import { readLine } from "../kitchen/readLine.ts";
import { type Answer, good, refused, refusedMeanwhile } from "../protocol/answer.ts";
import { conflictsOf } from "../protocol/conflicts.ts";
import type { LineChange, LinePatch } from "../protocol/shoppingList.ts";
import { rememberAisle } from "./aisleCorrections.ts";
import type { Edit } from "./Edit.ts";
import { given } from "./given.ts";
import { lineOf } from "./lineOf.ts";
import { stillHolds, untilNotOvertaken } from "./overtaken.ts";
import { applied, changedBy, isApplied, notApplied, rememberingKey, together } from "./rememberedEdits.ts";
import type { Store } from "./Store.ts";
import { visibleLine } from "./visibleLine.ts";
import { type WrittenLine, writtenLine } from "./WrittenLine.ts";

/**
 * Changes the given fields of a line. Refuses `not-found`, and `changed-meanwhile` where a field is neither what was seen
 * nor what is wanted.
 */
export async function changeLine(
  store: Store,
  householdId: string,
  lineId: string,
  { was, ...changes }: LinePatch,
  edit: Edit,
): Promise<Answer<WrittenLine>> {
  const visible = await visibleLine(store, householdId, lineId, edit.userId);
  if (!visible) return refused("not-found");
  const seen = given(was ?? {});
  const written = await untilNotOvertaken(async () => {
    const stored = await store.lists.findOne(visible, TIMED);
    if (!stored) return refused("not-found");
    if (isApplied(stored, "edits", edit)) return repeated(store, { ...visible, ...applied("edits", edit) });
    const line = lineOf(stored);
    if (conflictsOf(given(line), seen, given(changes)).length > 0) return refusedMeanwhile(line);
    const filter = { ...visible, ...notApplied("edits", edit), ...stillHolds(stored, Object.keys(seen)) };
    const update = { $set: { ...fieldsOf(changes, edit), ...changedBy(edit) } };
    return write(store, filter, together(update, rememberingKey(stored, edit)), edit);
  });
  if (written.ok && changes.aisle !== undefined && written.value.changes.length > 0)
    await rememberAisle(store, householdId, written.value.line.name, changes.aisle);
  return written;
}

/** What a change makes of a line. What somebody has written himself is his own from then on, and stays. */
function fieldsOf({ text, aisle, done }: LineChange, { userId }: Edit): Document {
  return {
    ...(text !== undefined && { text, ...readLine(text), isHandWritten: true }),
    ...(aisle !== undefined && { aisle }),
    ...(done !== undefined && { done, doneBy: done ? new ObjectId(userId) : null }),
  };
}

async function repeated(store: Store, filter: Document): Promise<Answer<WrittenLine> | null> {
  const line = await store.lists.findOne(filter, { ...TIMED, readConcern: { level: "majority" } });
  return line && good({ line: lineOf(line), changes: [] });
}

function write(
  store: Store,
  filter: Document,
  update: Document,
  { at }: Edit,
): Promise<Answer<WrittenLine> | null> {
  return store.client.withSession(async (session) => {
    const version = versionOfWrite(store, session);
    const options = { session, returnDocument: "after" } as const;
    const written = await store.lists.findOneAndUpdate(filter, update, options);
    return written && good(writtenLine(written, version(), at));
  });
}
