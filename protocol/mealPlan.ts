/** The days of a plan, Monday first, as in ISO weeks. */
export const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** The meals of a day, in the order in which they are eaten. */
export const MEALS = ["breakfast", "lunch", "dinner", "snack"] as const;

export type Day = (typeof DAYS)[number];
export type Meal = (typeof MEALS)[number];

/** What people say of a dish. `recipeId` is `null` for a dish without a recipe. */
export interface EntryFields {
  readonly day: Day;
  readonly meal: Meal;
  readonly recipeId: string | null;
  readonly title: string;
  readonly servings: number;
  readonly note: string;
}

/** One dish on the plan. */
interface Entry extends EntryFields {
  readonly _id: string;
  /** The user who added it; a guest is not told. */
  readonly addedBy?: string;
  /** Who changed it last with the app, and when. A change by other means leaves both alone. A guest is not told. */
  readonly changedBy?: string | null;
  readonly changedAt?: string | null;
}

/** A dish that was taken off a plan. */
interface RemovedEntry {
  readonly _id: string;
  readonly title: string;
  readonly day: string;
  readonly meal: string;
  /** The user who took it off. */
  readonly by: string;
  readonly at: string;
}

/** A household's week of meals as the wire has it. `memberIds` is not told to a guest. */
export interface MealPlan {
  readonly _id: string;
  readonly householdId: string;
  readonly week: string;
  readonly entries: readonly Entry[];
  readonly memberIds?: readonly string[];
  /** The last twenty dishes that were taken off, the newest last. A guest is not told. */
  readonly removed?: readonly RemovedEntry[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Some of the fields. */
type Given<T> = { readonly [Field in keyof T]?: T[Field] | undefined };

/**
 * What a member sends to add a dish. `title` and `servings` default to the recipe's; one of the two names it. The `_id`
 * is chosen by a client that may send it twice.
 */
export type NewEntry = Pick<EntryFields, "day" | "meal"> &
  Given<Omit<EntryFields, "day" | "meal">> &
  Given<{ _id: string }>;

/** What a member sends to change a dish: only the fields that change. Another recipe brings its title, unless one is given. */
export type EntryChange = Given<EntryFields>;

/** A change of a dish, and with it what its author saw in the fields that it changes. */
export type EntryPatch = EntryChange & { readonly was?: EntryChange | undefined };

/** A read-only link to a plan. The token is told once, to whoever made it. */
export interface Share {
  readonly _id: string;
  readonly expiresAt: string | null;
  readonly createdAt: string;
}

/** A share link at the moment it is made. */
export interface NewShare {
  readonly _id: string;
  readonly url: string;
  readonly token: string;
  readonly expiresAt: string | null;
}
