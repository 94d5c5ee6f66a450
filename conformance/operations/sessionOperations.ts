import type { ClientSession } from "mongodb";
import type { OperationTable } from "./OperationTable.ts";

/** What the format calls on a session, besides `withTransaction`, which runs operations of its own. */
export const SESSION_OPERATIONS: OperationTable<ClientSession> = {
  abortTransaction: (session, options) => session.abortTransaction(options),
  commitTransaction: (session, options) => session.commitTransaction(options),
  endSession: (session) => session.endSession(),
  // The driver does not publish it.
  getSnapshotTime: (session) => Promise.resolve("snapshotTime" in session ? session.snapshotTime : undefined),
  startTransaction: (session, options) => Promise.resolve(session.startTransaction(options)),
};
