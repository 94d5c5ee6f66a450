import type { StoredItem } from "./ItemTable.ts";

/** What an item was before an update. */
export interface Former extends Pick<StoredItem, "seq" | "data" | "access"> {
  /** What it was before that; `null` when it was new, `undefined` when it is not known any more. */
  readonly former: Former | null | undefined;
  /** The characters of this and of all before it. */
  readonly weight: number;
}

/** The latest update of one item. */
export interface LogItem extends StoredItem {
  /** `null` for an item that was new, `undefined` when it is not known any more. */
  readonly former?: Former | null | undefined;
}

/** How much is remembered of what an item was, before it is forgotten. */
const MOST_CHARACTERS = 64 * 1024;

/** What an update of nothing weighs. */
const LEAST_WEIGHT = 1024;

/** What an item is, for the update that comes next. */
export function formerOf({ seq, data, access, former }: LogItem): Former {
  const own = LEAST_WEIGHT + (data?.length ?? 0);
  const weight = own + (former?.weight ?? 0);
  if (former && weight > MOST_CHARACTERS) return { seq, data, access, former: undefined, weight: own };
  return { seq, data, access, former, weight };
}

/** What an item was when the log's head was a seq; `null` for an item that was not there, `undefined` when it is not known. */
export function formerAt({ former }: LogItem, head: number): Former | null | undefined {
  let past = former;
  while (past && past.seq > head) past = past.former;
  return past;
}
