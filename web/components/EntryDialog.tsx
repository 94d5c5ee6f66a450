import { useMemo } from "preact/hooks";
import { DAYS, MEALS, type Day, type Meal } from "../../protocol/mealPlan.ts";
import type { ShownEntry } from "../api/readMealPlan.ts";
import { capital } from "../store/dates.ts";
import { changeOf, entryDraftOf, typedEntry, type EntryDraft } from "../store/entryDraft.ts";
import type { PlanStore } from "../store/PlanStore.ts";
import { Dialog } from "./Dialog.tsx";
import { DraftNote } from "./DraftNote.tsx";
import { EntryTitleField } from "./EntryTitleField.tsx";
import { RecipeLink } from "./RecipeLink.tsx";
import { SelectField } from "./SelectField.tsx";
import { TextAreaField } from "./TextAreaField.tsx";
import { TextField } from "./TextField.tsx";
import { useDraft } from "./useDraft.ts";

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
  if (subject.kind === "known") {
    return <KnownEntryDialog store={store} entryId={subject.entryId} onClose={onClose} />;
  }
  const { day, meal } = subject;
  return (
    <Dialog title={`Add to ${capital(day)} ${meal}`} onClose={onClose}>
      <EntryForm
        name={`new-entry/${store.head.peek()?._id ?? ""}/${day}/${meal}`}
        start={entryDraftOf(subject)}
        submitName="Add"
        onSubmit={(draft) => store.add(typedEntry(draft))}
        onClose={onClose}
      />
    </Dialog>
  );
}

interface KnownEntryDialogProps {
  readonly store: PlanStore;
  readonly entryId: string;
  readonly onClose: () => void;
}

/** The form shows the dish as it was when it was opened: what others change meanwhile must not change what one types. */
function KnownEntryDialog({ store, entryId, onClose }: KnownEntryDialogProps) {
  const isThere = store.entries.ids.value.has(entryId);
  const now = isThere ? store.entries.view(entryId)?.value.entry : undefined;
  const seen = useMemo(() => now ?? null, []);
  if (!seen) {
    return (
      <Dialog title="This dish is gone" onClose={onClose}>
        <p>Somebody removed it in the meantime.</p>
      </Dialog>
    );
  }
  function save(draft: EntryDraft): void {
    if (seen && now) saveChange(store, seen, draft);
    else store.add(typedEntry(draft));
  }
  return (
    <Dialog title={now ? `Edit ${seen.title}` : `${seen.title} was removed`} onClose={onClose}>
      {!now && <p role="alert">Somebody removed it in the meantime. What you typed is still here.</p>}
      <EntryForm
        name={`entry/${entryId}`}
        start={entryDraftOf(seen)}
        submitName={now ? "Save" : "Put it back"}
        onSubmit={save}
        onClose={onClose}
      />
      {seen.recipeId && <RecipeLink recipeId={seen.recipeId} />}
    </Dialog>
  );
}

function saveChange(store: PlanStore, seen: ShownEntry, draft: EntryDraft): void {
  const change = changeOf(seen, draft);
  if (Object.keys(change).length > 0) store.change(seen, change);
}

interface EntryFormProps {
  /** Names the form and its dish. */
  readonly name: string;
  readonly start: EntryDraft;
  readonly submitName: string;
  readonly onSubmit: (draft: EntryDraft) => void;
  readonly onClose: () => void;
}

function EntryForm({ name, start, submitName, onSubmit, onClose }: EntryFormProps) {
  const draft = useDraft<keyof EntryDraft>(name, start);
  const { title, recipeId, day, meal, servings, note } = draft.fields;
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    onSubmit(draft.values());
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
