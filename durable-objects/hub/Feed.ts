import type { LogRange } from "./resume.ts";

/** What subscribers are caught up from: a log of items or of changes. */
export interface Feed<Entry extends { readonly seq: number }> {
  readonly head: number;
  readonly range: LogRange;
  /** The next entries after a cursor, in the order of their seq. None means that there are no more. */
  since(cursor: number): readonly Entry[];
}
