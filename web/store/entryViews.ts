import type { ShownEntry } from "../api/readMealPlan.ts";
import type { Failure } from "../api/request.ts";
import { notShownYet, type PendingEdit } from "../edits/pendingEdit.ts";
import { entryIdOf, type EntryEdit } from "../edits/work.ts";

/** An edit that was refused, and what it was to do. */
interface FailedEdit {
  readonly key: string;
  readonly kind: EntryEdit["kind"];
  readonly failure: Failure;
}

/** A dish with what became of the user's last edit of it. */
export interface EntryView {
  readonly entry: ShownEntry;
  /** `waiting`: here only, until the server can be reached. */
  readonly status: "saved" | "saving" | "waiting" | "failed";
  /** What was to be done, when it was refused. */
  readonly failed: FailedEdit | null;
}

/** An edit of a dish of one plan, on its way. */
interface PendingEntryEdit extends PendingEdit {
  readonly edit: EntryEdit;
}

/** The edits of one plan that what the stream sent does not show yet. */
export function editsOfPlan(
  pending: readonly PendingEdit[],
  planId: string,
  updatedAt: string,
  now: number,
): readonly PendingEntryEdit[] {
  const edits = pending.flatMap((one) => {
    const { work } = one.row;
    return work.kind === "entry" && work.planId === planId ? [{ ...one, edit: work.edit }] : [];
  });
  return notShownYet(edits, updatedAt, now);
}

/** The plan's dishes as the user wants to see them: what the server has, with the user's own edits on top. */
export function entryViews(
  entries: readonly ShownEntry[],
  edits: readonly PendingEntryEdit[],
): readonly EntryView[] {
  const views = new Map<string, EntryView>();
  for (const entry of entries) views.set(entry._id, { entry, status: "saved", failed: null });
  const isHeldUp = edits.some(({ row, state }) => state.kind === "waiting" && row.tries > 0);
  for (const one of edits) applyEdit(views, one, isHeldUp);
  return [...views.values()];
}

function applyEdit(views: Map<string, EntryView>, one: PendingEntryEdit, isHeldUp: boolean): void {
  const { edit } = one;
  const id = entryIdOf(edit);
  const before = views.get(id);
  if (edit.kind === "remove" && one.state.kind !== "refused") {
    views.delete(id);
    return;
  }
  const entry = edited(before?.entry, edit);
  if (!entry) return;
  views.set(id, { entry, ...outcome(one, before, isHeldUp) });
}

function edited(before: ShownEntry | undefined, edit: EntryEdit): ShownEntry | undefined {
  if (edit.kind === "add") return before ?? edit.entry;
  return before && edit.kind === "change" ? { ...before, ...edit.change } : before;
}

/** A later edit of the same dish does not hide that an earlier one was refused. */
function outcome(
  { row, state, edit }: PendingEntryEdit,
  before: EntryView | undefined,
  isHeldUp: boolean,
): Pick<EntryView, "status" | "failed"> {
  if (before?.failed) return { status: "failed", failed: before.failed };
  if (row.refusal)
    return { status: "failed", failed: { key: row.key, kind: edit.kind, failure: row.refusal } };
  if (state.kind === "saved") return { status: before?.status ?? "saved", failed: null };
  return { status: isHeldUp ? "waiting" : "saving", failed: null };
}
