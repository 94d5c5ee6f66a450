/** One line of a recipe's list. `quantity` is `null` for "some", for a range, and for what can't be read. */
export interface Ingredient {
  readonly quantity: number | null;
  readonly unit: string;
  readonly name: string;
  /** The whole line as its author wrote it, where it was written as one. */
  readonly text?: string;
}

/** What a cook writes down. */
export interface RecipeFields {
  readonly title: string;
  readonly servings: number;
  readonly ingredients: readonly Ingredient[];
  readonly steps: readonly string[];
  readonly tags: readonly string[];
  /** Address of a picture, or `null`. */
  readonly image: string | null;
  /** Where it comes from (a book, an address), or `null`. */
  readonly source: string | null;
}

/** The fields of a recipe to change. */
export type RecipeChange = { readonly [Field in keyof RecipeFields]?: RecipeFields[Field] | undefined };

/** A change of a recipe, and with it what its author saw in the fields that it changes. */
export type RecipePatch = RecipeChange & { readonly was?: RecipeChange | undefined };

/** A recipe as the wire has it. */
export interface Recipe extends RecipeFields {
  readonly _id: string;
  readonly householdId: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Who changed it last with the app, and when. A change by other means leaves both alone. */
  readonly changedBy?: string | null;
  readonly changedAt?: string | null;
}
