import type { OplogEntry } from "./OplogEntry.ts";
import type { OplogPlace } from "./resumeToken.ts";

/** So many of the last entries stay in memory, and so many bytes of them: most streams stand at the end. */
const MAX_ENTRIES = 2000;
const MAX_BYTES = 16 * 1024 * 1024;

/** The last entries of the oplog, read once for all the streams that wait for them. */
export class RecentEntries {
  #entries: OplogEntry[] = [];
  /** Every entry after this place is here. */
  #begin: OplogPlace;
  #bytes = 0;

  constructor(begin: OplogPlace) {
    this.#begin = begin;
  }

  /** The place after the last entry that is here. */
  get end(): OplogPlace {
    const last = this.#entries.at(-1);
    return last === undefined ? this.#begin : placeOf(last);
  }

  /** Adds what follows the end, and drops the oldest when they are too many: half of them, so that it is rare. */
  add(entries: readonly OplogEntry[]): void {
    this.#entries.push(...entries);
    this.#bytes += sizeOf(entries);
    while (this.#entries.length > MAX_ENTRIES || (this.#bytes > MAX_BYTES && this.#entries.length > 0)) {
      const dropped = this.#entries.splice(0, Math.ceil(this.#entries.length / 2));
      this.#bytes -= sizeOf(dropped);
      const last = dropped.at(-1);
      if (last !== undefined) this.#begin = placeOf(last);
    }
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

function sizeOf(entries: readonly OplogEntry[]): number {
  return entries.reduce((sum, entry) => sum + entry.size, 0);
}

function placeOf(entry: OplogEntry): OplogPlace {
  return { time: entry.time, position: entry.position, kind: "event" };
}

function isBefore(left: OplogPlace, right: OplogPlace): boolean {
  return left.time === right.time ? left.position < right.position : left.time < right.time;
}
