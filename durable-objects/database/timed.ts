/**
 * What every read tells the server: to give it up when nobody waits for it any more, so that it does not keep one of the
 * few connections from others. A little less than `DatabaseClient` waits. Milliseconds. Histories have a bound of their own.
 */
export const TIMED = { maxTimeMS: 9_000 } as const;
