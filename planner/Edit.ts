/** Who edits, and when. */
export interface Edit {
  readonly userId: string;
  readonly at: Date;
  /** What makes a repeat harmless: an edit with a key that was applied already changes nothing. `null` for none. */
  readonly key: string | null;
}
