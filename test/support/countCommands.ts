import type { Db } from "mongodb";

const FAIL_POINT = { configureFailPoint: "failCommand" } as const;

/** Counts how often the database is asked by these commands while something happens. */
export async function countCommands(
  db: Db,
  commands: readonly string[],
  work: () => Promise<unknown>,
): Promise<number> {
  // A fail point that only looks: it holds each of them back for no time.
  const data = { failCommands: commands, blockConnection: true, blockTimeMS: 0 };
  const before = await db.admin().command({ ...FAIL_POINT, mode: "alwaysOn", data });
  await work();
  const after = await db.admin().command({ ...FAIL_POINT, mode: "off" });
  return Number(after["count"]) - Number(before["count"]);
}
