import { type ClientSession, Timestamp } from "mongodb";

import type { Answer } from "../../protocol/answer.ts";
import { formatVersion, type Version } from "../../protocol/version.ts";

/**
 * Runs work in one transaction, again when others get in its way, so it must not do anything but read and write with
 * the session. A refusal rolls everything back. `writtenVersion` tells the version of what was committed.
 */
export async function inTransaction<T>(
  session: ClientSession,
  work: () => Promise<Answer<T>>,
): Promise<Answer<T>> {
  return session.withTransaction(
    async () => {
      const answer = await work();
      if (!answer.ok) await session.abortTransaction();
      return answer;
    },
    { readConcern: { level: "snapshot" }, writeConcern: { w: "majority" } },
  );
}

/** The version of what the session has just written: the cluster time of its last write. */
export function writtenVersion(session: ClientSession): Version {
  return versionOf(session.operationTime);
}

/** The version of what a snapshot session has read. */
export function snapshotVersion(session: ClientSession): Version {
  // The driver keeps it here, but its published types leave it out.
  return versionOf((session as ClientSession & { readonly snapshotTime?: unknown }).snapshotTime);
}

function versionOf(time: unknown): Version {
  if (!(time instanceof Timestamp))
    throw new TypeError("The database told no cluster time: is it a replica set?");
  return formatVersion({ seconds: time.t, increment: time.i });
}
