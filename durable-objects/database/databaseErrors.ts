import {
  MongoDriverError,
  MongoError,
  MongoErrorLabel,
  MongoNetworkError,
  MongoServerError,
  MongoServerSelectionError,
} from "mongodb";

const DUPLICATE_KEY = 11000;
const WRITE_CONFLICT = 112;
/** The server gave a read up when its time was over. */
const TOO_SLOW = 50;
/** Authentication failed, or the user of the connection string may not do this: nothing that a caller did. */
const REFUSED_CREDENTIALS = new Set([13, 18, 8000]);

/** Driver errors that say "nobody answers here", by name: the driver does not export all of their classes. */
const UNANSWERED = new Set([
  "MongoNotConnectedError",
  "MongoTopologyClosedError",
  "MongoClientClosedError",
  "MongoWaitQueueTimeoutError",
  "MongoPoolClosedError",
]);

/** A query took longer than anybody waits. */
export class OverdueError extends Error {
  override readonly name = "OverdueError";
}

/**
 * True when the client may as well be thrown away: it finds no server. Not when a query takes too long, which many may
 * share the client with: of a server that has fallen silent the sockets run into their own time limit.
 */
export function isHopeless(error: unknown): boolean {
  return error instanceof MongoServerSelectionError;
}

/** True when the database could not be reached, or answered that it can't serve now. */
export function isUnavailable(error: unknown): boolean {
  if (isHopeless(error) || error instanceof OverdueError || error instanceof MongoNetworkError) return true;
  if (error instanceof MongoDriverError) return UNANSWERED.has(error.name);
  if (!(error instanceof MongoServerError)) return false;
  const code = Number(error.code);
  if (code === TOO_SLOW || REFUSED_CREDENTIALS.has(code)) return true;
  return error.hasErrorLabel(MongoErrorLabel.RetryableWriteError);
}

/** True when the driver sends a write again, whose first answer was lost: the second tells a later time than its own. */
export function mayBeSentAgain(error: unknown): boolean {
  if (error instanceof MongoNetworkError) return true;
  return error instanceof MongoError && error.hasErrorLabel(MongoErrorLabel.RetryableWriteError);
}

/** True for the reply to a write that was made, and that the driver sends again all the same. */
export function saysSendAgain(reply: unknown): boolean {
  const labels: unknown =
    typeof reply === "object" && reply && "errorLabels" in reply ? reply.errorLabels : [];
  return Array.isArray(labels) && labels.includes(MongoErrorLabel.RetryableWriteError);
}

/** True when a unique index refused the write. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === DUPLICATE_KEY;
}

/** True when others wrote the same documents again and again, and the transaction gave up. */
export function isConflict(error: unknown): boolean {
  if (!(error instanceof MongoError)) return false;
  return error.code === WRITE_CONFLICT || error.hasErrorLabel(MongoErrorLabel.TransientTransactionError);
}
