import { DAYS, MEALS } from "../../protocol/mealPlan.ts";
import { readEntry, type ShownEntry } from "../api/readMealPlan.ts";
import { capital } from "../store/dates.ts";
import type { EntryDraft } from "../store/entryDraft.ts";
import { DraftNote } from "./DraftNote.tsx";
import { EntryTitleField } from "./EntryTitleField.tsx";
import { SelectField } from "./SelectField.tsx";
import { TextAreaField } from "./TextAreaField.tsx";
import { TextField } from "./TextField.tsx";
import { useDraft } from "./useDraft.ts";

interface EntryFormProps {
  /** Names the form and its dish. */
  readonly form: string;
  readonly start: EntryDraft;
  /** The dish that is changed; `null` for a new one. */
  readonly entry: ShownEntry | null;
  readonly submitName: string;
  /** @param seen the dish as the user saw it while they typed. */
  readonly onSubmit: (draft: EntryDraft, seen: ShownEntry) => void;
  readonly onClose: () => void;
}

/** What there is to say of a dish. */
export function EntryForm({ form, start, entry, submitName, onSubmit, onClose }: EntryFormProps) {
  const draft = useDraft<keyof EntryDraft>({ form, start, ...(entry && { document: entry }) });
  const { title, recipeId, day, meal, servings, note } = draft.fields;
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    onSubmit(draft.values(), readEntry(draft.seen(), 0));
    draft.sent();
    onClose();
  }
  function cancel(): void {
    draft.discard();
    onClose();
  }
  return (
    <form class="form" onSubmit={submit}>
      <DraftNote draft={draft} />
      <EntryTitleField title={title} recipeId={recipeId} servings={servings} />
      <div class="field-row">
        <SelectField label="Day" name="day" value={day} failure={null} options={DAYS.map(option)} />
        <SelectField label="Meal" name="meal" value={meal} failure={null} options={MEALS.map(option)} />
        <TextField
          label="Servings"
          name="servings"
          type="number"
          min={1}
          max={1000}
          value={servings}
          failure={null}
        />
      </div>
      <TextAreaField label="Note" name="note" rows={2} value={note} failure={null} />
      <div class="actions">
        <button type="submit" class="button primary">
          {submitName}
        </button>
        <button type="button" class="button quiet" onClick={cancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}

function option(value: string): { readonly value: string; readonly name: string } {
  return { value, name: capital(value) };
}
