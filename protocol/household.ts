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
  /** The aisles of its shop in the order in which they are walked; missing or empty as long as nobody has ordered them. */
  readonly aisles?: readonly string[];
  /** What is always in the pantry: a list made from a plan leaves it out. */
  readonly staples?: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Who changed it last with the app, and when. A change by other means leaves both alone. */
  readonly changedBy?: string | null;
  readonly changedAt?: string | null;
}

/** A household that needs its only owner. */
export type OwnedHousehold = Pick<Household, "_id" | "name" | "members">;

/** The fields of a household to change. */
interface HouseholdFields {
  readonly name?: string | undefined;
  readonly aisles?: readonly string[] | undefined;
  readonly staples?: readonly string[] | undefined;
}

/** A change of a household, and with it what its author saw in the fields that it changes. */
export type HouseholdPatch = HouseholdFields & { readonly was?: HouseholdFields | undefined };

/** Somebody who did something: of the household, or once. */
export interface Person {
  readonly userId: string;
  readonly name: string;
}

/** What an invitation is good for: one person within a week, or whoever has it, for a day. */
export type InviteKind = "once" | "day";

/** An invitation as the household's members see it. Times are ISO 8601. */
export interface ListedInvite {
  readonly _id: string;
  readonly createdBy: Person;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly kind: InviteKind;
  /** Who used it up by joining; `null` as long as it may be used. */
  readonly usedBy: Person | null;
  /** Everybody who joined by it. */
  readonly joined: readonly Person[];
}

/** An invitation as whoever holds its token sees it. */
export interface InvitePreview {
  readonly household: { readonly name: string };
  readonly inviter: { readonly name: string };
  readonly expiresAt: string;
}

/** A new invitation. Whoever has the token may join until it expires; the first one only, unless it is for a day. */
export interface Invite {
  readonly kind: InviteKind;
  readonly token: string;
  readonly url: string;
  readonly expiresAt: string;
}

/** What an owner gives to a member who can't sign in. Whoever has it and knows the member's email may set a password. */
export interface Vouch {
  readonly code: string;
  /** The page that takes the code. */
  readonly url: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}
