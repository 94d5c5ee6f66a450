/** A file that follows from the declarations. */
export interface GeneratedFile {
  /** Relative to the project. */
  readonly path: string;
  /** What it has to hold; `null` when it must not be there. */
  readonly text: string | null;
}
