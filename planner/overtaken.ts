import type { Document } from "mongodb";

import { type Answer, refused } from "../protocol/answer.ts";

const TRIES = 20;

/**
 * Tries a write again that was decided on by what was read, until what was read still holds. Refuses `conflict` when
 * others are always faster.
 * @param attempt answers `null` when it was overtaken. It is told how many tries went before.
 */
export async function untilNotOvertaken<T>(
  attempt: (tries: number) => Promise<Answer<T> | null>,
): Promise<Answer<T>> {
  for (let tries = 0; tries < TRIES; tries++) {
    const answer = await attempt(tries);
    if (answer) return answer;
  }
  return refused("conflict");
}

/** A filter that holds as long as a document's fields are what was read: the same values, or still missing. */
export function stillHolds(document: Document, names: readonly string[]): Document {
  return Object.fromEntries(
    names.map((name) => [name, Object.hasOwn(document, name) ? { $eq: document[name] } : { $exists: false }]),
  );
}
