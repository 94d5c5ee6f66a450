import type { Household, Member } from "../../protocol/household.ts";
import { mayInHousehold } from "../../protocol/roles.ts";
import { changeRole, removeMember } from "../api/households.ts";
import { ConfirmButton } from "./ConfirmButton.tsx";
import { FailureNote } from "./FailureNote.tsx";
import { VouchButton } from "./VouchButton.tsx";
import { useAction } from "./useAction.ts";

interface MemberActionsProps {
  readonly household: Household;
  readonly member: Member;
  /** Who looks at the list. */
  readonly userId: string;
}

/** The stream says what has become of it. */
const done = (): void => {};

/** What one may do about another person of the household. */
export function MemberActions({ household, member, userId }: MemberActionsProps) {
  const { busy, failure, run } = useAction();
  const may = (action: "changeRole" | "removeMember" | "vouch") => mayInHousehold(household, userId, action);
  return (
    <div class="actions">
      {may("changeRole") && member.role === "member" && (
        <ConfirmButton
          name="Make owner"
          question={`Make ${member.name} an owner, too?`}
          isGrave={false}
          busy={busy.value}
          onConfirm={() => run(changeRole(household._id, member.userId, "owner"), done)}
        />
      )}
      {may("vouch") && <VouchButton householdId={household._id} member={member} />}
      {may("removeMember") && (
        <ConfirmButton
          name="Remove"
          question={`Remove ${member.name}?`}
          busy={busy.value}
          onConfirm={() => run(removeMember(household._id, member.userId), done)}
        />
      )}
      <FailureNote failure={failure.value} />
    </div>
  );
}
