import { MongoError, MongoServerError } from "mongodb";

/** What to do about an error of a change stream. */
export type StreamFailure = "retry" | "history-lost" | "suspend";

// InvalidResumeToken, ChangeStreamFatalError, ChangeStreamHistoryLost.
const HISTORY_LOST = new Set<unknown>([260, 280, 286]);

// Refusals that no repetition will turn: BadValue, FailedToParse, Unauthorized, AuthenticationFailed,
// CommandNotFound, CommandNotSupported, unknown fields and stages, BSONObjectTooLarge.
const FINAL = new Set<unknown>([2, 9, 13, 18, 59, 115, 238, 8000, 10334, 40324, 40414, 40415]);

/** Sorts an error: only what the database said about this very stream ends it; everything else passes. */
export function streamFailure(error: unknown): StreamFailure {
  if (!(error instanceof MongoError)) return "suspend";
  if (HISTORY_LOST.has(error.code)) return "history-lost";
  return error instanceof MongoServerError && FINAL.has(error.code) ? "suspend" : "retry";
}
