import type { Household } from "../../protocol/household.ts";

/** The name of somebody of the user's households; `null` for one who is of none of them any more. */
export function memberName(households: readonly Household[], userId: string): string | null {
  const members = households.flatMap((household) => household.members);
  return members.find((member) => member.userId === userId)?.name ?? null;
}
