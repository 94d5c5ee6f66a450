import type { Document, ObjectId } from "mongodb";

import type { InviteKind, Role } from "../protocol/household.ts";
import type { EntryFields } from "../protocol/mealPlan.ts";
import type { RecipeFields } from "../protocol/recipe.ts";
import type { ShoppingLine } from "../protocol/shoppingList.ts";

/** What the app writes into its collections. What it reads there may have been typed by hand and may differ. */
export interface StoredUser {
  readonly _id: ObjectId;
  /** Lower case, so that the unique index sees one spelling. */
  readonly email: string;
  readonly name: string;
  /** The address that was proved last: `email` is proved when it is the same. */
  readonly verifiedEmail?: string;
  /** What `email` becomes when it is proved. */
  readonly pendingEmail?: string | null;
  readonly password: StoredPassword;
  /** Counts the households made and joined: so that neither slips past somebody who is just deleting the account. */
  readonly memberships?: number;
  /** Counts the passkeys ever added, likewise. */
  readonly passkeysAdded?: number;
  /** SHA-256 in hex of each code that is left. */
  readonly recoveryCodes?: readonly string[];
  readonly recoveryLinks?: readonly StoredRecoveryLink[];
  readonly createdAt: Date;
}

/** A code that is good for a while. */
export interface StoredRecoveryLink {
  /** SHA-256 in hex. */
  readonly hash: string;
  readonly expiresAt: Date;
  /** The owner who gave it, and of which household; `null` for one that was sent by mail. */
  readonly by: { readonly householdId: ObjectId; readonly userId: ObjectId } | null;
}

/** A link in a mail: whoever opens it proves the address. */
export interface StoredEmailToken {
  readonly _id: ObjectId;
  /** SHA-256 in hex. */
  readonly tokenHash: string;
  readonly email: string;
  /** The account that begins by it, else `null`. */
  readonly account: Pick<StoredUser, "email" | "name" | "password"> | null;
  /** Whose address it is to be, else `null`. */
  readonly userId: ObjectId | null;
  readonly expiresAt: Date;
}

/** A hash with everything that is needed to check a password against it. `salt` and `hash` are base64. */
export interface StoredPassword {
  readonly algorithm: "scrypt";
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
  readonly salt: string;
  readonly hash: string;
}

export interface StoredPasskey {
  readonly _id: ObjectId;
  readonly userId: ObjectId;
  readonly name: string;
  /** The authenticator's own id of it, base64url. */
  readonly credentialId: string;
  /** COSE, base64url. */
  readonly publicKey: string;
  /** How often the authenticator has signed, as far as it counts. */
  readonly counter: number;
  readonly transports: readonly string[];
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

export interface StoredRecipe extends RecipeFields {
  readonly _id: ObjectId;
  readonly householdId: ObjectId;
  /** As on a dish. */
  readonly changedBy: ObjectId;
  readonly changedAt: Date;
  /** The key of the edit by which it came. */
  readonly addedWith?: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** How much of a line one plan asks for. */
export interface StoredLineShare {
  readonly planId: ObjectId;
  /** The ingredient's name as its recipes have it. */
  readonly name: string;
  /** Whole grains of each unit; none where the amount can't be read. */
  readonly parts: readonly { readonly unit: string; readonly grains: number }[];
  /** The titles of the dishes that need it. */
  readonly dishes: readonly string[];
}

export interface StoredLine extends Pick<
  ShoppingLine,
  "text" | "quantity" | "unit" | "name" | "aisle" | "done" | "dishes"
> {
  readonly _id: ObjectId;
  readonly householdId: ObjectId;
  readonly doneBy: ObjectId | null;
  /** What lines that are made from plans are about; those of people have none. */
  readonly key?: string;
  readonly shares?: readonly StoredLineShare[];
  /** Somebody has written his own text on a line that was made: from then on it is left alone. */
  readonly isHandWritten?: boolean;
  /** The key of the edit by which it came. */
  readonly addedWith?: string;
  /** As on a dish. */
  readonly changedBy: ObjectId;
  readonly changedAt: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What is remembered of a line that was taken off. */
export interface StoredGoneLine {
  readonly _id: ObjectId;
  readonly householdId: ObjectId;
  /** The keys of the edits by which it came and went. */
  readonly keys: readonly string[];
  /** As it was; not where it has come back since. */
  readonly line?: Document;
  /** What it was about, and what was bought of it, if it was ticked. */
  readonly key?: string;
  readonly shares?: readonly StoredLineShare[];
  readonly expiresAt: Date;
}

export interface StoredMember {
  readonly userId: ObjectId;
  readonly name: string;
  readonly role: Role;
}

export interface StoredHousehold {
  readonly _id: ObjectId;
  readonly name: string;
  readonly members: readonly StoredMember[];
  /** Counts the plans made. Making one writes it, so that it can't slip past a member who is just leaving. */
  readonly plansMade: number;
  /** The aisles of its shop in their order, and what is always in the pantry. */
  readonly aisles?: readonly string[];
  readonly staples?: readonly string[];
  /** As on a dish. */
  readonly changedBy: ObjectId;
  readonly changedAt: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface StoredInvite {
  readonly _id: ObjectId;
  readonly householdId: ObjectId;
  /** SHA-256 in hex. */
  readonly tokenHash: string;
  readonly createdBy: ObjectId;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** Whether one person may join by it, or whoever has it. Those of old have none, and are for one. */
  readonly kind: InviteKind;
  /** Who used it up, `null` while it is good. One for a day is never used up. */
  readonly usedBy: ObjectId | null;
  /** Who joined by one that is for a day. */
  readonly joinedBy?: readonly ObjectId[];
}

/** An address at which calendar apps read a household's meals. */
export interface StoredCalendar {
  readonly _id: ObjectId;
  readonly householdId: ObjectId;
  /** SHA-256 in hex. */
  readonly tokenHash: string;
  readonly createdBy: ObjectId;
  readonly createdAt: Date;
}

export interface StoredEntry extends Omit<EntryFields, "recipeId"> {
  readonly _id: ObjectId;
  readonly recipeId: ObjectId | null;
  readonly addedBy: ObjectId;
  /** Who changed it last with the app, and when. A change by other means leaves both alone. */
  readonly changedBy: ObjectId;
  readonly changedAt: Date;
}

export interface StoredMealPlan {
  readonly _id: ObjectId;
  readonly householdId: ObjectId;
  readonly week: string;
  readonly entries: readonly StoredEntry[];
  readonly memberIds: readonly ObjectId[];
  readonly shares?: readonly StoredShare[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface StoredShare {
  readonly _id: ObjectId;
  /** SHA-256 in hex. */
  readonly tokenHash: string;
  readonly expiresAt: Date | null;
  readonly createdBy: ObjectId;
  readonly createdAt: Date;
}
