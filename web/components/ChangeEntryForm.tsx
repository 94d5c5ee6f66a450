import { readEntry, type ShownEntry } from "../api/readMealPlan.ts";
import type { EntryEdit } from "../edits/work.ts";
import { changeOf, entryDraftOf, newDish, typedEntry, type EntryDraft } from "../store/entryDraft.ts";
import type { ChangeFormProps } from "./ChangeFormProps.ts";
import { EntryForm } from "./EntryForm.tsx";

/** The form of a dish that was not saved. */
export function ChangeEntryForm({ form, work, isGone, onRevised, onClose }: ChangeFormProps<"entry">) {
  const { edit } = work;
  const seen = edit.kind === "change" ? readEntry(edit.seen, 0) : null;
  function save(draft: EntryDraft, before: ShownEntry): void {
    const revised = revisedEdit(edit, draft, before, isGone);
    onRevised(revised && { ...work, edit: revised });
  }
  return (
    <EntryForm
      form={form}
      start={entryDraftOf(wantedEntry(edit))}
      entry={seen}
      submitName={isGone ? "Put it back" : "Save"}
      onSubmit={save}
      onClose={onClose}
    />
  );
}

function wantedEntry(edit: EntryEdit): ShownEntry {
  if (edit.kind === "add") return edit.entry;
  return readEntry(edit.kind === "change" ? { ...edit.seen, ...edit.change } : edit.seen, 0);
}

function revisedEdit(
  edit: EntryEdit,
  draft: EntryDraft,
  seen: ShownEntry,
  isGone: boolean,
): EntryEdit | null {
  if (edit.kind === "add") return { kind: "add", entry: { ...edit.entry, ...typedEntry(draft) } };
  if (edit.kind === "remove") return edit;
  if (isGone) return { kind: "add", entry: newDish(typedEntry(draft)) };
  const change = changeOf(seen, draft);
  return Object.keys(change).length === 0 ? null : { ...edit, change, seen };
}
