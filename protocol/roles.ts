import type { Household, Role } from "./household.ts";

/**
 * Which roles may do what with a household. The API enforces this table, and the page offers what it allows. Plans,
 * recipes and share links are every member's alike: of them nothing but membership is asked.
 */
const ALLOWED = {
  invite: ["owner", "member"],
  revokeOwnInvite: ["owner", "member"],
  revokeInviteOfOthers: ["owner"],
  rename: ["owner"],
  removeMember: ["owner"],
  changeRole: ["owner"],
  vouch: ["owner"],
  deleteHousehold: ["owner"],
  leave: ["owner", "member"],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

/** Something that the table rules. */
export type HouseholdAction = keyof typeof ALLOWED;

/** Every action that the table rules. */
export const HOUSEHOLD_ACTIONS = Object.keys(ALLOWED) as readonly HouseholdAction[];

type Members = Pick<Household, "members">;

/** Whether a role may do something. */
export function mayRole(role: Role, action: HouseholdAction): boolean {
  const roles: readonly Role[] = ALLOWED[action];
  return roles.includes(role);
}

/** What somebody is in a household; `null` for a stranger. */
export function roleIn({ members }: Members, userId: string): Role | null {
  return members.find((member) => member.userId === userId)?.role ?? null;
}

/** Whether somebody may do something in a household. Of leaving, `staysFor` says more. */
export function mayInHousehold(household: Members, userId: string, action: HouseholdAction): boolean {
  const role = roleIn(household, userId);
  return role !== null && mayRole(role, action);
}

/**
 * Why somebody can't leave a household, nor stop owning it: `sole-owner` where others would be left without an owner,
 * `only-member` where nobody would be left. `null` when nothing keeps him.
 */
export function staysFor({ members }: Members, userId: string): "sole-owner" | "only-member" | null {
  const others = members.filter((member) => member.userId !== userId);
  if (others.length === 0) return "only-member";
  const isOwner = roleIn({ members }, userId) === "owner";
  return isOwner && !others.some(({ role }) => role === "owner") ? "sole-owner" : null;
}
