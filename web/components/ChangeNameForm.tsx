import type { ChangeFormProps } from "./ChangeFormProps.ts";
import { DraftNote } from "./DraftNote.tsx";
import { TextField } from "./TextField.tsx";
import { useDraft } from "./useDraft.ts";

/** The form of a household's name that was not saved. */
export function ChangeNameForm({ form, row, work, onRevised, onClose }: ChangeFormProps<"household">) {
  const { edit } = work;
  const draft = useDraft({ form, start: { name: edit.change.name ?? "" } });
  const { name } = draft.fields;
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    onRevised({ ...work, edit: { ...edit, change: { name: name.value.trim() } } });
    draft.sent();
    onClose();
  }
  return (
    <form class="form" onSubmit={submit}>
      <DraftNote draft={draft} />
      <TextField label="Name" name="name" required maxLength={100} value={name} failure={row.refusal} />
      <div class="actions">
        <button type="submit" class="button primary">
          Rename
        </button>
        <button type="button" class="button quiet" onClick={onClose}>
          Cancel
        </button>
      </div>
    </form>
  );
}
