import { readLine } from "../api/shoppingLists.ts";
import type { ListEdit } from "../edits/work.ts";
import { newObjectId } from "../store/newObjectId.ts";
import type { ChangeFormProps } from "./ChangeFormProps.ts";
import { DraftNote } from "./DraftNote.tsx";
import { TextField } from "./TextField.tsx";
import { useDraft } from "./useDraft.ts";

/** The form of a line of the shopping list that was not saved. */
export function ChangeLineForm({ form, row, work, isGone, onRevised, onClose }: ChangeFormProps<"list">) {
  const { edit } = work;
  const draft = useDraft({ form, start: { text: textOf(edit) } });
  const { text } = draft.fields;
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    onRevised({ ...work, edit: revisedEdit(edit, text.value.trim(), isGone) });
    draft.sent();
    onClose();
  }
  return (
    <form class="form" onSubmit={submit}>
      <DraftNote draft={draft} />
      <TextField
        label="What, and how much"
        name="text"
        required
        maxLength={200}
        value={text}
        failure={row.refusal}
      />
      <div class="actions">
        <button type="submit" class="button primary">
          {isGone ? "Put it back" : "Save"}
        </button>
        <button type="button" class="button quiet" onClick={onClose}>
          Cancel
        </button>
      </div>
    </form>
  );
}

function textOf(edit: ListEdit): string {
  if (edit.kind === "add") return edit.line.text;
  return edit.kind === "change" ? (edit.change.text ?? "") : "";
}

function revisedEdit(edit: ListEdit, text: string, isGone: boolean): ListEdit {
  if (edit.kind === "add") return { kind: "add", line: { ...edit.line, text } };
  if (edit.kind !== "change") return edit;
  const line = { ...readLine(edit.seen), _id: newObjectId(), text };
  return isGone ? { kind: "add", line } : { ...edit, change: { ...edit.change, text } };
}
