import type { OplogEntry } from "./OplogEntry.ts";
import type { OplogPlace } from "./resumeToken.ts";

/** So many of the last entries stay in memory: most streams stand at the end of the oplog. */
const CAPACITY = 2000;

/** The last entries of the oplog, read once for all the streams that wait for them. */
export class RecentEntries {
  #entries: OplogEntry[] = [];
  /** Every entry after this place is here. */
  #begin: OplogPlace;

  constructor(begin: OplogPlace) {
    this.#begin = begin;
  }

  /** The place after the last entry that is here. */
  get end(): OplogPlace {
    const last = this.#entries.at(-1);
    return last === undefined ? this.#begin : placeOf(last);
  }

  /** Adds what follows the end. */
  add(entries: readonly OplogEntry[]): void {
    this.#entries.push(...entries);
    const surplus = this.#entries.length - CAPACITY;
    const last = surplus > CAPACITY ? this.#entries[surplus - 1] : undefined;
    if (last === undefined) return;
    this.#begin = placeOf(last);
    this.#entries = this.#entries.slice(surplus);
  }

  /** The entries after a place, `null` when some of them may no longer be here. */
  after(place: OplogPlace, limit: number): readonly OplogEntry[] | null {
    if (isBefore(place, this.#begin)) return null;
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = this.#entries[middle];
      if (entry !== undefined && isBefore(place, placeOf(entry))) high = middle;
      else low = middle + 1;
    }
    return this.#entries.slice(low, low + limit);
  }
}

function placeOf(entry: OplogEntry): OplogPlace {
  return { time: entry.time, position: entry.position, kind: "event" };
}

function isBefore(left: OplogPlace, right: OplogPlace): boolean {
  return left.time === right.time ? left.position < right.position : left.time < right.time;
}
