import type { AbstractCursor, ChangeStream } from "mongodb";

interface Lazy {
  cursorInit?: () => Promise<void>;
}

/**
 * Sends the command of a cursor. The driver waits with it for the first document, the format does not; no public
 * method does this without a `getMore` that tests would see.
 */
export async function openCursor<Cursor extends AbstractCursor | ChangeStream>(
  cursor: Cursor,
): Promise<Cursor> {
  const inner: unknown = "cursor" in cursor ? cursor.cursor : cursor;
  const lazy = inner as Lazy;
  if (lazy.cursorInit === undefined)
    throw new Error("this version of the driver opens its cursors in another way");
  await lazy.cursorInit();
  return cursor;
}
