import { readLine } from "../../kitchen/readLine.ts";
import type { ShoppingLine } from "../../protocol/shoppingList.ts";
import type { Failure } from "../api/request.ts";
import { notShownYet, type PendingEdit } from "../edits/pendingEdit.ts";
import { lineIdOf, type LineEdit } from "../edits/work.ts";

/** A line with what became of the user's last edit of it. */
export interface LineView {
  readonly line: ShoppingLine;
  /** `waiting`: here only, until the server can be reached. */
  readonly status: "saved" | "saving" | "waiting" | "failed";
  /** Why the server said no. */
  readonly failure: Failure | null;
}

interface PendingLineEdit extends PendingEdit {
  readonly edit: LineEdit;
}

/**
 * The lines as the user wants to see them: what the server has, with the user's own edits on top.
 * @param self the user's id: what they tick is ticked by them.
 */
export function lineViews(
  lines: readonly ShoppingLine[],
  edits: readonly PendingLineEdit[],
  self: string,
  now: number,
): readonly LineView[] {
  const views = new Map<string, LineView>();
  for (const line of lines) views.set(line._id, { line, status: "saved", failure: null });
  const isHeldUp = edits.some(({ row, state }) => state.kind !== "saved" && row.tries > 0);
  for (const [id, own] of Map.groupBy(edits, ({ edit }) => lineIdOf(edit) ?? "")) {
    const updatedAt = views.get(id)?.line.updatedAt ?? "";
    for (const one of notShownYet(own, updatedAt, now)) apply(views, id, one, self, isHeldUp);
  }
  return [...views.values()];
}

/** The edits of the lines of one household's list. */
export function editsOfList(
  pending: readonly PendingEdit[],
  householdId: string,
): readonly PendingLineEdit[] {
  return pending.flatMap((one) => {
    const { work } = one.row;
    if (work.kind !== "list" || work.householdId !== householdId || work.edit.kind === "fill") return [];
    return [{ ...one, edit: work.edit }];
  });
}

function apply(
  views: Map<string, LineView>,
  id: string,
  one: PendingLineEdit,
  self: string,
  isHeldUp: boolean,
): void {
  const before = views.get(id);
  const { edit, row, state } = one;
  const failure = before?.failure ?? row.refusal;
  if (edit.kind === "remove" && !failure) return void views.delete(id);
  const line = edited(before?.line, edit, self);
  if (!line) return;
  const isSaved = state.kind === "saved";
  const open = isHeldUp ? "waiting" : "saving";
  views.set(id, { line, failure, status: statusOf(failure, isSaved ? (before?.status ?? "saved") : open) });
}

function statusOf(failure: Failure | null, otherwise: LineView["status"]): LineView["status"] {
  return failure ? "failed" : otherwise;
}

function edited(before: ShoppingLine | undefined, edit: LineEdit, self: string): ShoppingLine | undefined {
  if (edit.kind === "add") return before ?? edit.line;
  if (!before || edit.kind === "remove") return before;
  const { change } = edit;
  const hand = change.done === undefined ? {} : { doneBy: change.done ? self : null };
  const words = change.text === undefined ? {} : readLine(change.text);
  return { ...before, ...change, ...hand, ...words };
}
