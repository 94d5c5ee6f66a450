import { isSurelyShallow, nestingOf } from "../bson/nesting.ts";
import { CommandError } from "./CommandError.ts";

/** As deep as a message may be, as the server's `maxBSONDepth`. */
const MAX_DEPTH = 200;
/** What is stored must leave room for the command that it is sent in. */
const MAX_STORED_DEPTH = MAX_DEPTH - 20;

/** Throws `Overflow` for a message, or a part of one, that is nested too deep. */
export function checkMessageNesting(bytes: Uint8Array): void {
  if (isSurelyShallow(bytes, MAX_DEPTH) || nestingOf(bytes).containers <= MAX_DEPTH) return;
  throw new CommandError(
    "Overflow",
    `Client Error: bad object in message: BSONObj exceeded maximum nested object depth: ${MAX_DEPTH}`,
  );
}

/** Throws `Overflow` for a document that is nested too deep to be stored. */
export function checkStoredNesting(bytes: Uint8Array): void {
  if (isSurelyShallow(bytes, MAX_STORED_DEPTH) || nestingOf(bytes).filled <= MAX_STORED_DEPTH) return;
  throw new CommandError(
    "Overflow",
    `cannot insert document because it exceeds ${MAX_STORED_DEPTH} levels of nesting`,
  );
}

/** Throws `Overflow` for a result that is nested too deep to be answered. */
export function checkResultNesting(bytes: Uint8Array): void {
  if (isSurelyShallow(bytes, MAX_DEPTH) || nestingOf(bytes).containers <= MAX_DEPTH) return;
  throw tooDeep();
}

/** The error where something is nested deeper than it can be worked through. */
export function tooDeep(): CommandError {
  return new CommandError(
    "Overflow",
    `cannot convert document to BSON because it exceeds the limit of ${MAX_DEPTH} levels of nesting`,
  );
}

/** True for the error that JavaScript throws when a recursion goes too deep. */
export function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && /call stack/i.test(error.message);
}
