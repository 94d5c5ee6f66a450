import { useLocation } from "preact-iso/router";
import type { Household } from "../../protocol/household.ts";
import { deleteHousehold } from "../api/households.ts";
import { ConfirmButton } from "./ConfirmButton.tsx";
import { FailureNote } from "./FailureNote.tsx";
import { RenameHouseholdForm } from "./RenameHouseholdForm.tsx";
import { useAction } from "./useAction.ts";

interface HouseholdSettingsProps {
  readonly household: Household;
}

/** What only the owner may do with a household. */
export function HouseholdSettings({ household }: HouseholdSettingsProps) {
  const { route } = useLocation();
  const deleting = useAction();
  return (
    <section class="card">
      <h2>Settings</h2>
      <RenameHouseholdForm household={household} />
      <ConfirmButton
        name="Delete"
        question="Delete this household with its plans and recipes?"
        busy={deleting.busy.value}
        onConfirm={() => deleting.run(deleteHousehold(household._id), () => route("/households"))}
      />
      <FailureNote failure={deleting.failure.value} />
    </section>
  );
}
