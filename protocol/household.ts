export type Role = "owner" | "member";

/** A person of a household. */
export interface Member {
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
}

/** A household as the wire has it. */
export interface Household {
  readonly _id: string;
  readonly name: string;
  readonly members: readonly Member[];
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Who changed it last with the app, and when. A change by other means leaves both alone. */
  readonly changedBy?: string | null;
  readonly changedAt?: string | null;
}

/** A change of a household, and with it the name that its author saw. */
export interface HouseholdPatch {
  readonly name: string;
  readonly was?: { readonly name?: string | undefined } | undefined;
}

/** A one-time invitation. Whoever has the token may join until it expires. */
export interface Invite {
  readonly token: string;
  readonly url: string;
  readonly expiresAt: string;
}
