import { useLocation } from "preact-iso/router";
import type { Household } from "../../protocol/household.ts";
import { mayInHousehold } from "../../protocol/roles.ts";
import { deleteHousehold } from "../api/households.ts";
import { ConfirmButton } from "./ConfirmButton.tsx";
import { FailureNote } from "./FailureNote.tsx";
import { RenameHouseholdForm } from "./RenameHouseholdForm.tsx";
import { useAction } from "./useAction.ts";

interface HouseholdSettingsProps {
  readonly household: Household;
  readonly userId: string;
}

/** What one may do with the household itself; nothing for those who may not. */
export function HouseholdSettings({ household, userId }: HouseholdSettingsProps) {
  const { route } = useLocation();
  const deleting = useAction();
  const mayRename = mayInHousehold(household, userId, "rename");
  const mayDelete = mayInHousehold(household, userId, "deleteHousehold");
  if (!mayRename && !mayDelete) return null;
  return (
    <section class="card">
      <h2>Settings</h2>
      {mayRename && <RenameHouseholdForm household={household} />}
      {mayDelete && (
        <ConfirmButton
          name="Delete"
          question="Delete this household with its plans and recipes?"
          busy={deleting.busy.value}
          onConfirm={() => deleting.run(deleteHousehold(household._id), () => route("/households"))}
        />
      )}
      <FailureNote failure={deleting.failure.value} />
    </section>
  );
}
