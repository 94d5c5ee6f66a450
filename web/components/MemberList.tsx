import { useLocation } from "preact-iso/router";
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
}

/** The people of a household. An owner may remove others; everybody may leave. Who goes is gone when the stream says so. */
export function MemberList({ household, user }: MemberListProps) {
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
}

function MemberRow({ member, householdId, isSelf, mayRemove }: MemberRowProps) {
  const { route } = useLocation();
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
          onConfirm={() =>
            run(removeMember(householdId, member.userId), () => isSelf && route("/households"))
          }
        />
      )}
      <FailureNote failure={failure.value} />
    </li>
  );
}
