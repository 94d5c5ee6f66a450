import type { Household } from "../../protocol/household.ts";
import { text } from "../api/reading.ts";
import type { HouseholdWork } from "../edits/work.ts";
import { DraftNote } from "./DraftNote.tsx";
import { FailureNote } from "./FailureNote.tsx";
import { TextField } from "./TextField.tsx";
import { useDraft } from "./useDraft.ts";
import { useEdit } from "./useEdit.ts";

interface RenameHouseholdFormProps {
  readonly household: Household;
}

/** Gives a household another name. */
export function RenameHouseholdForm({ household }: RenameHouseholdFormProps) {
  const draft = useDraft({
    form: `household/${household._id}`,
    start: { name: household.name },
    document: { name: household.name },
  });
  const { name } = draft.fields;
  const { busy, failure, run } = useEdit();
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const [typed, seen] = [name.value.trim(), text(draft.seen()["name"])];
    if (typed !== seen) run(renaming(household._id, typed, seen), household.name, draft.sent);
  }
  return (
    <form class="form" onSubmit={submit}>
      <DraftNote draft={draft} />
      <TextField label="Name" name="name" required maxLength={100} value={name} failure={failure.value} />
      <FailureNote failure={failure.value} shownFields={["name"]} />
      <button type="submit" class="button" disabled={busy.value}>
        Rename
      </button>
    </form>
  );
}

function renaming(householdId: string, name: string, seen: string): HouseholdWork {
  return { kind: "household", householdId, edit: { kind: "change", change: { name }, seen: { name: seen } } };
}
