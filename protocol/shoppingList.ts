/** What somebody may change of a line. */
interface LineFields {
  /** As it was written, or as it was made: `500 g flour`. */
  readonly text: string;
  /** The part of the shop. One of the household's own, or any other text. */
  readonly aisle: string;
  readonly done: boolean;
}

/** A line of a household's shopping list as the wire has it. */
export interface ShoppingLine extends LineFields {
  readonly _id: string;
  readonly householdId: string;
  /** `null` where no number could be read: then `text` says it all. */
  readonly quantity: number | null;
  readonly unit: string;
  readonly name: string;
  /** Who ticked it, `null` while it is not. */
  readonly doneBy: string | null;
  /** The titles of the dishes that need it; none of what somebody wrote on the list himself. */
  readonly dishes: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Who changed it last with the app, and when. A change by other means leaves both alone. */
  readonly changedBy?: string | null;
  readonly changedAt?: string | null;
}

/** What a member sends to write a line. The `_id` is chosen by a client that may send it twice. */
export interface NewLine {
  readonly _id?: string | undefined;
  readonly text: string;
  /** Guessed from the name where it is not given. */
  readonly aisle?: string | undefined;
}

/** The fields of a line to change. */
export type LineChange = { readonly [Field in keyof LineFields]?: LineFields[Field] | undefined };

/** A change of a line, and with it what its author saw in the fields that it changes. */
export type LinePatch = LineChange & { readonly was?: LineChange | undefined };
