import { randomBytes } from "node:crypto";
import { Long } from "bson";
import { CommandError } from "../errors/CommandError.ts";
import type { Now } from "../oplog/ClusterClock.ts";
import type { Cursor } from "./Cursor.ts";

interface Entry {
  readonly cursor: Cursor;
  readonly session: string | null;
  readonly keepsForever: boolean;
  usedAt: number;
  isBusy: boolean;
}

/** As the real server's `cursorTimeoutMillis`. */
const IDLE_MS = 10 * 60_000;

/** The open cursors by their ids. */
export class CursorRegistry {
  readonly #now: Now;
  readonly #entries = new Map<string, Entry>();

  constructor(now: Now) {
    this.#now = now;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Keeps a cursor and gives it an id. `keepsForever`: not closed for being idle (`noCursorTimeout`). */
  add(cursor: Cursor, session: string | null, keepsForever = false): Long {
    const id = newId();
    const entry = { cursor, session, keepsForever, usedAt: this.#now(), isBusy: false };
    this.#entries.set(id.toString(), entry);
    return id;
  }

  /** Does something with a cursor; throws `CursorNotFound`, also for another collection's or session's cursor. */
  async use<T>(
    id: Long,
    namespace: string,
    session: string | null,
    work: (cursor: Cursor) => Promise<T>,
  ): Promise<T> {
    const entry = this.#entries.get(id.toString());
    if (entry === undefined) throw new CommandError("CursorNotFound", `cursor id ${id.toString()} not found`);
    if (entry.cursor.namespace !== namespace || entry.session !== session) {
      throw new CommandError(
        "BadValue",
        `cursor id ${id.toString()} belongs to another collection or session`,
      );
    }
    if (entry.isBusy)
      throw new CommandError("IllegalOperation", `cursor id ${id.toString()} is already in use`);
    entry.isBusy = true;
    try {
      return await work(entry.cursor);
    } finally {
      entry.isBusy = false;
      entry.usedAt = this.#now();
    }
  }

  /** Closes a cursor; false when there is none. */
  close(id: Long): boolean {
    const entry = this.#entries.get(id.toString());
    entry?.cursor.close();
    return this.#entries.delete(id.toString());
  }

  /** Closes the cursors of a session that ended. */
  closeSession(session: string): void {
    this.#closeWhere((entry) => entry.session === session);
  }

  /** Closes what nobody asked for in ten minutes. */
  sweep(): void {
    const limit = this.#now() - IDLE_MS;
    this.#closeWhere((entry) => !entry.isBusy && !entry.keepsForever && entry.usedAt < limit);
  }

  closeAll(): void {
    this.#closeWhere(() => true);
  }

  #closeWhere(isOver: (entry: Entry) => boolean): void {
    for (const [id, entry] of this.#entries) {
      if (!isOver(entry)) continue;
      entry.cursor.close();
      this.#entries.delete(id);
    }
  }
}

/** Random and positive: 0 would mean "no cursor". */
function newId(): Long {
  const bytes = randomBytes(8);
  return new Long(bytes.readInt32LE(0) | 1, bytes.readInt32LE(4) & 0x7fffffff);
}
