import { useSignal } from "@preact/signals";
import { DAYS, MEALS, type Day, type Meal } from "../../protocol/mealPlan.ts";
import type { ShownEntry } from "../api/readMealPlan.ts";
import { capital } from "../store/dates.ts";
import { changeOf, entryDraftOf, typedEntry, type EntryDraft } from "../store/entryDraft.ts";
import type { PlanStore } from "../store/PlanStore.ts";
import { Dialog } from "./Dialog.tsx";
import { EntryTitleField } from "./EntryTitleField.tsx";
import { SelectField } from "./SelectField.tsx";
import { TextAreaField } from "./TextAreaField.tsx";
import { TextField } from "./TextField.tsx";

/** A new dish for a place, or one that is there. */
export type EntryDialogSubject =
  | { readonly kind: "new"; readonly day: Day; readonly meal: Meal }
  | { readonly kind: "known"; readonly entryId: string };

interface EntryDialogProps {
  readonly store: PlanStore;
  readonly subject: EntryDialogSubject;
  readonly onClose: () => void;
}

/** Adds a dish or changes one. It closes at once: what becomes of the edit is shown on the plan. */
export function EntryDialog({ store, subject, onClose }: EntryDialogProps) {
  if (subject.kind === "new") {
    return (
      <Dialog title={`Add to ${capital(subject.day)} ${subject.meal}`} onClose={onClose}>
        <EntryForm
          start={entryDraftOf(subject)}
          submitName="Add"
          onSubmit={(draft) => {
            store.add(typedEntry(draft));
            onClose();
          }}
          onCancel={onClose}
        />
      </Dialog>
    );
  }
  return <KnownEntryDialog store={store} entryId={subject.entryId} onClose={onClose} />;
}

interface KnownEntryDialogProps {
  readonly store: PlanStore;
  readonly entryId: string;
  readonly onClose: () => void;
}

function KnownEntryDialog({ store, entryId, onClose }: KnownEntryDialogProps) {
  const entry = store.entries.view(entryId)?.value.entry;
  if (!entry) {
    return (
      <Dialog title="This dish is gone" onClose={onClose}>
        <p>Somebody removed it in the meantime.</p>
      </Dialog>
    );
  }
  return (
    <Dialog title={`Edit ${entry.title}`} onClose={onClose}>
      <EntryForm
        start={entryDraftOf(entry)}
        submitName="Save"
        onSubmit={(draft) => {
          saveChange(store, entry, draft);
          onClose();
        }}
        onCancel={onClose}
      />
      {entry.recipeId && (
        <p>
          <a href={`/recipes/${entry.recipeId}`}>Open the recipe</a>
        </p>
      )}
    </Dialog>
  );
}

function saveChange(store: PlanStore, entry: ShownEntry, draft: EntryDraft): void {
  const change = changeOf(entry, draft);
  if (Object.keys(change).length > 0) store.change(entry, change);
}

interface EntryFormProps {
  readonly start: EntryDraft;
  readonly submitName: string;
  readonly onSubmit: (draft: EntryDraft) => void;
  readonly onCancel: () => void;
}

function EntryForm({ start, submitName, onSubmit, onCancel }: EntryFormProps) {
  const title = useSignal(start.title);
  const recipeId = useSignal(start.recipeId);
  const day = useSignal(start.day);
  const meal = useSignal(start.meal);
  const servings = useSignal(start.servings);
  const note = useSignal(start.note);
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    onSubmit({
      title: title.value,
      recipeId: recipeId.value,
      day: day.value,
      meal: meal.value,
      servings: servings.value,
      note: note.value,
    });
  }
  return (
    <form class="form" onSubmit={submit}>
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
        <button type="button" class="button quiet" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}

function option(value: string): { readonly value: string; readonly name: string } {
  return { value, name: capital(value) };
}
