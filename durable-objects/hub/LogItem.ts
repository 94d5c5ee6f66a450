import type { StoredItem } from "./ItemTable.ts";

/** What an item was before its latest update. */
export type Former = Pick<StoredItem, "seq" | "data" | "access">;

/** The latest update of one item. */
export interface LogItem extends StoredItem {
  /** `null` for an item that was new, `undefined` when it is not known any more. */
  readonly former?: Former | null | undefined;
}
