import { useSignal } from "@preact/signals";
import type { Household } from "../../protocol/household.ts";
import { renameHousehold } from "../api/households.ts";
import { FailureNote } from "./FailureNote.tsx";
import { TextField } from "./TextField.tsx";
import { useAction } from "./useAction.ts";

interface RenameHouseholdFormProps {
  readonly household: Household;
  readonly onRenamed: (household: Household) => void;
}

/** Gives a household another name. */
export function RenameHouseholdForm({ household, onRenamed }: RenameHouseholdFormProps) {
  const name = useSignal(household.name);
  const { busy, failure, run } = useAction();
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    run(renameHousehold(household._id, name.value.trim()), onRenamed);
  }
  return (
    <form class="form" onSubmit={submit}>
      <TextField label="Name" name="name" required maxLength={100} value={name} failure={failure.value} />
      <FailureNote failure={failure.value} shownFields={["name"]} />
      <button type="submit" class="button" disabled={busy.value}>
        Rename
      </button>
    </form>
  );
}
