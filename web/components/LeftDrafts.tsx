import { readEntry } from "../api/readMealPlan.ts";
import { draftChanges, dropDraft, formsWithDraft, keptDraft } from "../device/drafts.ts";
import type { PlanStore } from "../store/PlanStore.ts";
import { userId } from "../store/session.ts";
import { entryForm } from "./formNames.ts";

interface LeftDraftsProps {
  readonly store: PlanStore;
  readonly onOpen: (entryId: string) => void;
}

/** What was typed into dishes that are gone by now: there is no card left on which to find it. */
export function LeftDrafts({ store, onOpen }: LeftDraftsProps) {
  const account = userId.value;
  const prefix = entryForm(store.planId, "");
  void draftChanges.value;
  if (store.state.value !== "live") return null;
  const gone = formsWithDraft(account, prefix)
    .map((form) => form.slice(prefix.length))
    .filter((entryId) => !store.entries.ids.value.has(entryId));
  if (gone.length === 0) return null;
  return (
    <section class="failure" aria-label="Not finished">
      {gone.map((entryId) => (
        <LeftDraft key={entryId} form={prefix + entryId} onOpen={() => onOpen(entryId)} />
      ))}
    </section>
  );
}

function LeftDraft({ form, onOpen }: { readonly form: string; readonly onOpen: () => void }) {
  const account = userId.value;
  const title = readEntry(keptDraft(account, form)?.seen, 0).title;
  return (
    <div class="left-draft" role="group" aria-label={title}>
      <p>You were writing in {title}, which was removed. Your text is still here.</p>
      <div class="actions">
        <button type="button" class="button small" onClick={onOpen}>
          Open it
        </button>
        <button type="button" class="button quiet small" onClick={() => dropDraft(account, form)}>
          Drop it
        </button>
      </div>
    </div>
  );
}
