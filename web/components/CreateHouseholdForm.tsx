import type { Household } from "../../protocol/household.ts";
import { createHousehold } from "../api/households.ts";
import { DraftNote } from "./DraftNote.tsx";
import { FailureNote } from "./FailureNote.tsx";
import { TextField } from "./TextField.tsx";
import { useAction } from "./useAction.ts";
import { useDraft } from "./useDraft.ts";

/** Makes a household. */
export function CreateHouseholdForm({ onCreated }: { readonly onCreated: (household: Household) => void }) {
  const draft = useDraft({ form: "new-household", start: { name: "" } });
  const { name } = draft.fields;
  const { busy, failure, run } = useAction();
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    run(createHousehold(name.value.trim()), (household) => {
      name.value = "";
      draft.sent();
      onCreated(household);
    });
  }
  return (
    <form class="form" onSubmit={submit}>
      <DraftNote draft={draft} />
      <TextField
        label="Name of the new household"
        name="name"
        required
        maxLength={100}
        value={name}
        failure={failure.value}
      />
      <FailureNote failure={failure.value} shownFields={["name"]} />
      <button type="submit" class="button primary" disabled={busy.value}>
        Create household
      </button>
    </form>
  );
}
