/**
 * A recipe as it was found somewhere, for a person to look over before it is kept. What was not found is left out or
 * empty. As soon as it has a title, it is what `POST /api/recipes` takes.
 */
export interface ImportedFields {
  readonly title: string;
  /** For how many people, if that is said. */
  readonly servings?: number;
  /** Each as its author wrote it. */
  readonly ingredients: readonly { readonly text: string }[];
  readonly steps: readonly string[];
  readonly tags: readonly string[];
  /** Address of a picture, or `null`. */
  readonly image: string | null;
  /** Where it was found, or `null`. */
  readonly source: string | null;
}

/** What an import answers. */
export interface ImportedRecipe {
  readonly recipe: ImportedFields;
  /** Lines that are part of what was found, but of which nobody can tell what they are, or for which there is no room. */
  readonly unread: readonly string[];
}
