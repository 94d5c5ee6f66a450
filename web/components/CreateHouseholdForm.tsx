import { useSignal } from "@preact/signals";
import type { Household } from "../../protocol/household.ts";
import { createHousehold } from "../api/households.ts";
import { FailureNote } from "./FailureNote.tsx";
import { TextField } from "./TextField.tsx";
import { useAction } from "./useAction.ts";

/** Makes a household. */
export function CreateHouseholdForm({ onCreated }: { readonly onCreated: (household: Household) => void }) {
  const name = useSignal("");
  const { busy, failure, run } = useAction();
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    run(createHousehold(name.value.trim()), (household) => {
      name.value = "";
      onCreated(household);
    });
  }
  return (
    <form class="form" onSubmit={submit}>
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
