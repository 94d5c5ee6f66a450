import type { Household } from "../../protocol/household.ts";
import type { User } from "../../protocol/user.ts";
import { People } from "../store/People.ts";
import { Avatar } from "./Avatar.tsx";
import { LeaveButton } from "./LeaveButton.tsx";
import { MemberActions } from "./MemberActions.tsx";

interface MemberListProps {
  readonly household: Household;
  readonly user: User;
}

/** The people of a household, with what one may do about each. Who goes is gone when the stream says so. */
export function MemberList({ household, user }: MemberListProps) {
  const people = new People(household.members);
  return (
    <ul class="member-list">
      {household.members.map((member) => (
        <li key={member.userId}>
          <Avatar id={member.userId} name={member.name} people={people} />
          <span class="member-name">
            {member.name}
            {member.userId === user._id && " (you)"}
            {member.role === "owner" && <span class="tag">owner</span>}
          </span>
          {member.userId === user._id ? (
            <LeaveButton household={household} userId={user._id} />
          ) : (
            <MemberActions household={household} member={member} userId={user._id} />
          )}
        </li>
      ))}
    </ul>
  );
}
