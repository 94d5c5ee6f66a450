import { useLocation } from "preact-iso/router";
import type { Household } from "../../protocol/household.ts";
import { staysFor } from "../../protocol/roles.ts";
import { removeMember } from "../api/households.ts";
import { ConfirmButton } from "./ConfirmButton.tsx";
import { FailureNote } from "./FailureNote.tsx";
import { useAction } from "./useAction.ts";

const WHY_NOT = {
  "only-member": "You are the only one here. To leave, delete the household.",
  "sole-owner": "To leave, make somebody else an owner first.",
} as const;

interface LeaveButtonProps {
  readonly household: Household;
  readonly userId: string;
}

/** Leaves a household; to whoever can't, it says what to do instead. */
export function LeaveButton({ household, userId }: LeaveButtonProps) {
  const { route } = useLocation();
  const { busy, failure, run } = useAction();
  const reason = staysFor(household, userId);
  if (reason !== null) return <span class="hint">{WHY_NOT[reason]}</span>;
  return (
    <>
      <ConfirmButton
        name="Leave"
        question="Leave this household?"
        busy={busy.value}
        onConfirm={() => run(removeMember(household._id, userId), () => route("/households"))}
      />
      <FailureNote failure={failure.value} />
    </>
  );
}
