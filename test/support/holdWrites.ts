import type { Db } from "mongodb";

/**
 * Holds the next writes by `findAndModify` back for a second each, so that requests which are sent together have all read
 * before one of them writes.
 */
export async function holdWrites(db: Db, times: number): Promise<void> {
  await db.admin().command({
    configureFailPoint: "failCommand",
    mode: { times },
    data: { failCommands: ["findAndModify"], blockConnection: true, blockTimeMS: 1_000 },
  });
}
