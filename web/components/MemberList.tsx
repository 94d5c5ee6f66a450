import type { Household, Member } from "../../protocol/household.ts";
import type { User } from "../../protocol/user.ts";
import { removeMember } from "../api/households.ts";
import { Avatar } from "./Avatar.tsx";
import { ConfirmButton } from "./ConfirmButton.tsx";
import { FailureNote } from "./FailureNote.tsx";
import { useAction } from "./useAction.ts";

interface MemberListProps {
  readonly household: Household;
  readonly user: User;
  readonly onLeft: () => void;
  readonly onRemoved: () => void;
}

/** The people of a household. An owner may remove others; everybody may leave. */
export function MemberList({ household, user, onLeft, onRemoved }: MemberListProps) {
  const isOwner = household.members.some(({ userId, role }) => userId === user._id && role === "owner");
  return (
    <ul class="member-list">
      {household.members.map((member) => (
        <MemberRow
          key={member.userId}
          member={member}
          householdId={household._id}
          isSelf={member.userId === user._id}
          mayRemove={isOwner}
          onGone={member.userId === user._id ? onLeft : onRemoved}
        />
      ))}
    </ul>
  );
}

interface MemberRowProps {
  readonly member: Member;
  readonly householdId: string;
  readonly isSelf: boolean;
  readonly mayRemove: boolean;
  readonly onGone: () => void;
}

function MemberRow({ member, householdId, isSelf, mayRemove, onGone }: MemberRowProps) {
  const { busy, failure, run } = useAction();
  return (
    <li>
      <Avatar id={member.userId} name={member.name} />
      <span class="member-name">
        {member.name}
        {isSelf && " (you)"}
        {member.role === "owner" && <span class="tag">owner</span>}
      </span>
      {(isSelf || mayRemove) && (
        <ConfirmButton
          name={isSelf ? "Leave" : "Remove"}
          question={isSelf ? "Leave this household?" : `Remove ${member.name}?`}
          busy={busy.value}
          onConfirm={() => run(removeMember(householdId, member.userId), onGone)}
        />
      )}
      <FailureNote failure={failure.value} />
    </li>
  );
}
