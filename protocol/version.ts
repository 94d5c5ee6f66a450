/**
 * The one order that we trust: the cluster time of a change as 16 hex digits (seconds, then increment),
 * followed by the resume token when there is one. Compares bytewise, within one cluster only.
 */
export type Version = string;

/** A BSON timestamp: seconds since 1970 and the position within that second. */
export interface ClusterTime {
  readonly seconds: number;
  readonly increment: number;
}

const TIME_DIGITS = 16;

/** A database whose clock is this far behind what is held is another one: a restore, or another cluster. */
const FOREIGN_CLOCK_SECONDS = 60;

const VERSION = /^[0-9a-f]{16}(?:[0-9a-f]*|~)$/;

/** In place of a token it sorts a snapshot after every change of its moment: a transaction makes several at one time. */
export const AFTER_ALL = "~";

/** Writes the version of a change. An own write has a cluster time but no token; a read has `AFTER_ALL` instead. */
export function formatVersion(time: ClusterTime, token = ""): Version {
  return `${hex8(time.seconds)}${hex8(time.increment)}${token.toLowerCase()}`;
}

/** True for text that `formatVersion` could have written. */
function isVersion(text: string): boolean {
  return VERSION.test(text);
}

/** Seconds since 1970 of the change, by the database's clock. */
export function versionSeconds(version: Version): number {
  return Number.parseInt(version.slice(0, 8), 16);
}

/** The cluster time inside a version, or inside a resume token when `clusterTime` itself is not at hand. */
function clusterTimeOf(version: Version): ClusterTime {
  return {
    seconds: versionSeconds(version),
    increment: Number.parseInt(version.slice(8, TIME_DIGITS), 16),
  };
}

/** The cluster time that a change stream's resume token carries after its type byte; `null` when it has none. */
export function clusterTimeOfToken(token: string): ClusterTime | null {
  const digits = token.slice(2, 2 + TIME_DIGITS).toLowerCase();
  return isVersion(digits) ? clusterTimeOf(digits) : null;
}

/**
 * Whether a database is another one than that of which something is held, a restored one for example: its clock, which a
 * version tells, is far behind.
 */
export function isForeign(version: Version, held: Version | null): boolean {
  return held !== null && versionSeconds(held) - versionSeconds(version) > FOREIGN_CLOCK_SECONDS;
}

function hex8(value: number): string {
  return value.toString(16).padStart(8, "0");
}
