import type { EntryFields } from "../../protocol/mealPlan.ts";
import type { ShownEntry } from "../api/readMealPlan.ts";
import type { Failure } from "../api/request.ts";

/** What the user did to one dish. */
export type Edit =
  | { readonly kind: "add"; readonly entry: ShownEntry }
  | { readonly kind: "change"; readonly entryId: string; readonly change: Partial<EntryFields> }
  | { readonly kind: "remove"; readonly entryId: string };

/**
 * An edit that the plan we were sent does not hold yet. `saved`: the server has it, and its plan of `savedAs` (the
 * plan's `updatedAt`) is on the way.
 */
export type PendingEdit =
  | { readonly edit: Edit; readonly status: "waiting" | "saving" }
  | { readonly edit: Edit; readonly status: "failed"; readonly failure: Failure }
  | { readonly edit: Edit; readonly status: "saved"; readonly savedAs: string; readonly savedAt: number };

/** A dish with what became of the user's last edit of it. */
export interface EntryView {
  readonly entry: ShownEntry;
  readonly status: "saved" | "saving" | "failed";
  /** What was to be done, when it was not. */
  readonly failed: { readonly kind: Edit["kind"]; readonly failure: Failure } | null;
}

/** The dish that an edit is about. */
export function entryIdOf(edit: Edit): string {
  return edit.kind === "add" ? edit.entry._id : edit.entryId;
}

/** The plan's dishes as the user wants to see them: what the server has, with the user's own edits on top. */
export function applyEdits(
  entries: readonly ShownEntry[],
  pending: readonly PendingEdit[],
): readonly EntryView[] {
  const views = new Map<string, EntryView>();
  for (const entry of entries) views.set(entry._id, { entry, status: "saved", failed: null });
  for (const one of pending) applyEdit(views, one);
  return [...views.values()];
}

function applyEdit(views: Map<string, EntryView>, one: PendingEdit): void {
  const { edit } = one;
  const id = entryIdOf(edit);
  const before = views.get(id);
  if (edit.kind === "remove" && one.status !== "failed") {
    views.delete(id);
    return;
  }
  const entry = edited(before?.entry, edit);
  if (!entry) return;
  views.set(id, { entry, ...outcome(one, before) });
}

function edited(before: ShownEntry | undefined, edit: Edit): ShownEntry | undefined {
  if (edit.kind === "add") return before ?? edit.entry;
  return before && edit.kind === "change" ? { ...before, ...edit.change } : before;
}

/** A later edit of the same dish does not hide that an earlier one failed. */
function outcome(one: PendingEdit, before: EntryView | undefined): Pick<EntryView, "status" | "failed"> {
  if (before?.failed) return { status: "failed", failed: before.failed };
  if (one.status === "failed")
    return { status: "failed", failed: { kind: one.edit.kind, failure: one.failure } };
  if (one.status === "saved") return { status: before?.status ?? "saved", failed: null };
  return { status: "saving", failed: null };
}
