/** Who edits, and when. */
export interface Edit {
  readonly userId: string;
  readonly at: Date;
}
