import { useMemo } from "preact/hooks";
import type { Day, Meal } from "../../protocol/mealPlan.ts";
import { readEntry, type ShownEntry } from "../api/readMealPlan.ts";
import { keptDraft } from "../device/drafts.ts";
import { capital } from "../store/dates.ts";
import { changeOf, entryDraftOf, typedEntry, type EntryDraft } from "../store/entryDraft.ts";
import type { PlanStore } from "../store/PlanStore.ts";
import { userId } from "../store/session.ts";
import { Dialog } from "./Dialog.tsx";
import { EntryForm } from "./EntryForm.tsx";
import { entryForm } from "./formNames.ts";
import { RecipeLink } from "./RecipeLink.tsx";

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
        form={`new-entry/${store.planId}/${day}/${meal}`}
        start={entryDraftOf(subject)}
        entry={null}
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
  const form = entryForm(store.planId, entryId);
  const isThere = store.entries.ids.value.has(entryId);
  const now = isThere ? store.entries.view(entryId)?.value.entry : undefined;
  const opened = useMemo(() => now ?? lastSeen(form), []);
  if (!opened) {
    return (
      <Dialog title="This dish is gone" onClose={onClose}>
        <p>Somebody removed it in the meantime.</p>
      </Dialog>
    );
  }
  function save(draft: EntryDraft, seen: ShownEntry): void {
    if (now) saveChange(store, seen, draft);
    else store.add(typedEntry(draft));
  }
  return (
    <Dialog title={now ? `Edit ${opened.title}` : `${opened.title} was removed`} onClose={onClose}>
      {!now && <p role="alert">Somebody removed it in the meantime. What you typed is still here.</p>}
      <EntryForm
        form={form}
        start={entryDraftOf(opened)}
        entry={opened}
        submitName={now ? "Save" : "Put it back"}
        onSubmit={save}
        onClose={onClose}
      />
      {opened.recipeId && <RecipeLink recipeId={opened.recipeId} />}
    </Dialog>
  );
}

/** A dish that is gone, as it was when somebody typed into its form. */
function lastSeen(form: string): ShownEntry | null {
  const kept = keptDraft(userId.peek(), form);
  return kept && readEntry(kept.seen, 0);
}

function saveChange(store: PlanStore, seen: ShownEntry, draft: EntryDraft): void {
  const change = changeOf(seen, draft);
  if (Object.keys(change).length > 0) store.change(seen, change);
}
