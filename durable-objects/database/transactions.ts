import { type ClientSession, Timestamp } from "mongodb";

import type { Answer } from "../../protocol/answer.ts";
import { AFTER_ALL, formatVersion, type Version } from "../../protocol/version.ts";
import type { OpenDatabase } from "./DatabaseClient.ts";
import { OverdueError } from "./databaseErrors.ts";

/** No longer than anybody waits for a query. */
const LONGEST_MS = 10_000;

/**
 * Runs work in one transaction, again when others get in its way, so it must not do anything but read and write with
 * the session. A refusal rolls everything back. `versionOfWrite` tells the version of what was committed.
 */
export async function inTransaction<T>(
  session: ClientSession,
  work: () => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const givenUpAt = Date.now() + LONGEST_MS;
  return session.withTransaction(
    async () => {
      // The driver alone would try again for two minutes, long after everybody has gone.
      if (Date.now() >= givenUpAt) throw new OverdueError(`No transaction within ${LONGEST_MS} ms`);
      const answer = await work();
      if (!answer.ok) await session.abortTransaction();
      return answer;
    },
    { readConcern: { level: "snapshot" }, writeConcern: { w: "majority" } },
  );
}

/** The version of what the session has just written: the cluster time of its last write. */
function writtenVersion(session: ClientSession): Version {
  return versionOf(session.operationTime);
}

/**
 * Watches over a write that is about to be made with a session. What it answers tells the write's version, or `null`
 * when an answer was lost meanwhile: the one that came later names a later time, and somebody else may have written
 * between the two.
 */
export function versionOfWrite({ failures }: OpenDatabase, session: ClientSession): () => Version | null {
  const before = failures();
  return () => (failures() === before ? writtenVersion(session) : null);
}

/** The version of what a snapshot session has read. It sorts after every change of that moment. */
export function snapshotVersion(session: ClientSession): Version {
  return versionOf(snapshotTimeOf(session)) + AFTER_ALL;
}

/** The moment of which a snapshot session reads. @throws TypeError before its first read. */
export function snapshotTimeOf(session: ClientSession): Timestamp {
  // The driver keeps it here, but its published types leave it out.
  const time = (session as ClientSession & { readonly snapshotTime?: unknown }).snapshotTime;
  if (!(time instanceof Timestamp)) throw noTime();
  return time;
}

function versionOf(time: unknown): Version {
  if (!(time instanceof Timestamp)) throw noTime();
  return formatVersion({ seconds: time.t, increment: time.i });
}

function noTime(): TypeError {
  return new TypeError("The database told no cluster time: is it a replica set?");
}
