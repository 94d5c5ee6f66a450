const FLOOR_MS = 500;
const FIRST_MS = 3_000;
const CAP_MS = 30_000;

/**
 * How long to wait before an attempt, in milliseconds: anywhere between half a second and a bound that doubles with each
 * attempt (3 s, 6 s, … 30 s), so that the clients of a restarted server come back spread out.
 * @param attempt 0 for the first try after a connection that worked.
 * @param random a number in [0, 1).
 * @param atLeast what the server asked for; it is added to, never shortened, or all would return at once.
 */
export function reconnectDelay(attempt: number, random: number, atLeast = 0): number {
  const bound = Math.min(CAP_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return atLeast + FLOOR_MS + random * (bound - FLOOR_MS);
}
