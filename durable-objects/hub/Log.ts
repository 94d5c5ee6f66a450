import type { EventOutcome } from "../../protocol/changeEvent.ts";
import type { Access, Update } from "../../protocol/update.ts";
import type { LogRange } from "./resume.ts";

/** The latest update of one item. `data` is `null` for a tombstone, whose `access` is that of the item it was. */
export interface LogItem {
  readonly id: string;
  readonly seq: number;
  readonly version: string;
  readonly data: string | null;
  readonly access: Access | null;
}

/** What applying an update did. `item` is what the log holds now. */
export interface Applied {
  readonly outcome: Exclude<EventOutcome, "ignored">;
  readonly item: LogItem;
  readonly accessChanged: boolean;
}

const SCHEMA = `
  CREATE TABLE life (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    epoch TEXT NOT NULL,
    floor INTEGER NOT NULL,
    watched_at INTEGER NOT NULL
  );
  CREATE TABLE items (
    id TEXT PRIMARY KEY,
    seq INTEGER NOT NULL UNIQUE,
    version TEXT NOT NULL,
    data TEXT,
    access TEXT,
    removed_at INTEGER
  ) WITHOUT ROWID;
`;

type Life = { epoch: string; floor: number; watched_at: number };
type Newest = { newest: number | null };
type Row = { id: string; seq: number; version: string; data: string | null; access: string | null };

const COLUMNS = "id, seq, version, data, access";

/** How long a removal is remembered, so that pages which slept through it still hear of it. */
const TOMBSTONE_MS = 86_400_000;

/**
 * The compacted log of a topic, in the object's SQLite: the latest update of each item. Every change gets the next
 * seq; what is not newer than what is held gets none. All methods are synchronous, so nothing interleaves.
 */
export class Log {
  readonly #storage: DurableObjectStorage;
  readonly #newEpoch: () => string;
  #exists: boolean;
  #epoch = "";
  #floor = 0;
  #head = 0;
  #watchedAt = 0;
  #asked: LogItem | null = null;
  #recent: { readonly cursor: number; readonly items: readonly LogItem[] } | null = null;

  /** @param newEpoch Names a new life: lower-case letters and digits, never the same twice. */
  constructor(storage: DurableObjectStorage, newEpoch: () => string) {
    this.#storage = storage;
    this.#newEpoch = newEpoch;
    this.#exists = hasTables(storage.sql);
    if (!this.#exists) return;
    const life = storage.sql.exec<Life>("SELECT epoch, floor, watched_at FROM life").one();
    const { newest } = storage.sql.exec<Newest>("SELECT max(seq) AS newest FROM items").one();
    this.#epoch = life.epoch;
    this.#floor = life.floor;
    this.#watchedAt = life.watched_at;
    this.#head = Math.max(newest ?? 0, life.floor);
  }

  /** Whether there is a log at all. A topic that nobody published to, or that was forgotten, has none. */
  get exists(): boolean {
    return this.#exists;
  }

  /** When somebody last began or stopped watching; milliseconds since 1970. */
  get watchedAt(): number {
    return this.#watchedAt;
  }

  /** The seq of the newest update. */
  get head(): number {
    return this.#head;
  }

  /** What can be resumed. */
  get range(): LogRange {
    return { epoch: this.#epoch, head: this.#head, floor: this.#floor };
  }

  /** The latest update of an item, a tombstone included; `null` for an item never heard of. */
  item(id: string): LogItem | null {
    if (!this.#exists) return null;
    if (this.#asked?.id === id) return this.#asked;
    const [row] = this.#storage.sql.exec<Row>(`SELECT ${COLUMNS} FROM items WHERE id = ?`, id).toArray();
    this.#asked = row ? itemOf(row) : null;
    return this.#asked;
  }

  /** The latest updates after a cursor, in the order of their seq. */
  since(cursor: number): readonly LogItem[] {
    if (cursor >= this.#head) return [];
    // In a fan-out everybody asks from the same cursor.
    if (this.#recent?.cursor === cursor) return this.#recent.items;
    const rows = this.#storage.sql.exec<Row>(
      `SELECT ${COLUMNS} FROM items WHERE seq > ? ORDER BY seq`,
      cursor,
    );
    const items = rows.toArray().map(itemOf);
    this.#recent = { cursor, items };
    return items;
  }

  /** Takes an update in if it is newer than what is held. `now` in milliseconds since 1970. */
  apply(update: Update, now: number): Applied {
    if (!this.#exists) this.#begin(now);
    const held = this.item(update.id);
    if (held && update.version <= held.version) {
      const outcome = update.version === held.version ? "repeat" : "stale";
      return { outcome, item: held, accessChanged: false };
    }
    const access = update.access ?? held?.access ?? null;
    const accessChanged = JSON.stringify(access) !== JSON.stringify(held?.access ?? null);
    if (held !== null && held.data === update.data) {
      const item = { ...held, version: update.version, access };
      this.#renew(item);
      return { outcome: "repeat", item, accessChanged };
    }
    const item = { id: update.id, seq: this.#head + 1, version: update.version, data: update.data, access };
    this.#store(item, now);
    return { outcome: "published", item, accessChanged };
  }

  /** Starts a new epoch: nobody's cursor holds any more. The seq goes on, so that ids of open streams still rise. */
  beginEpoch(): void {
    this.#epoch = this.#newEpoch();
    this.#storage.sql.exec("UPDATE life SET epoch = ?", this.#epoch);
  }

  /** Notes that somebody began or stopped watching. */
  noteWatched(now: number): void {
    this.#watchedAt = now;
    this.#storage.sql.exec("UPDATE life SET watched_at = ?", now);
  }

  /**
   * Drops an item's version so that the next update counts, whatever its version: another cluster's clock rules now.
   * The item gets the next seq, so that ids rise on the streams which get it again.
   */
  distrust(id: string): void {
    this.#dropMemory();
    this.#head += 1;
    this.#storage.sql.exec("UPDATE items SET version = '', seq = ? WHERE id = ?", this.#head, id);
  }

  /** Forgets old removals, and with them the right to resume from before. */
  forgetOldRemovals(now: number): void {
    if (!this.#exists) return;
    const { newest } = this.#storage.sql
      .exec<Newest>("SELECT max(seq) AS newest FROM items WHERE removed_at < ?", now - TOMBSTONE_MS)
      .one();
    if (newest === null) return;
    this.#floor = newest;
    this.#dropMemory();
    this.#storage.sql.exec("DELETE FROM items WHERE removed_at IS NOT NULL AND seq <= ?", newest);
    this.#storage.sql.exec("UPDATE life SET floor = ?", newest);
  }

  /** Forgets everything. The next update begins a new life. */
  async forget(): Promise<void> {
    this.#exists = false;
    this.#head = 0;
    this.#floor = 0;
    this.#dropMemory();
    await this.#storage.deleteAll();
  }

  #dropMemory(): void {
    this.#asked = null;
    this.#recent = null;
  }

  #begin(now: number): void {
    this.#storage.sql.exec(SCHEMA);
    this.#exists = true;
    this.#epoch = this.#newEpoch();
    this.#watchedAt = now;
    this.#storage.sql.exec(
      "INSERT INTO life (one, epoch, floor, watched_at) VALUES (1, ?, 0, ?)",
      this.#epoch,
      now,
    );
  }

  /** Stores what a repeat can change. Every change has one, and every reconcile is one: the document is left alone. */
  #renew({ id, version, access }: LogItem): void {
    this.#dropMemory();
    this.#storage.sql.exec(
      "UPDATE items SET version = ?, access = ? WHERE id = ?",
      version,
      access && JSON.stringify(access),
      id,
    );
  }

  #store(item: LogItem, now: number): void {
    this.#storage.sql.exec(
      `INSERT OR REPLACE INTO items (${COLUMNS}, removed_at) VALUES (?, ?, ?, ?, ?, ?)`,
      item.id,
      item.seq,
      item.version,
      item.data,
      item.access && JSON.stringify(item.access),
      item.data === null ? now : null,
    );
    this.#head = Math.max(this.#head, item.seq);
    this.#dropMemory();
  }
}

function hasTables(sql: SqlStorage): boolean {
  return !sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'life'").next().done;
}

function itemOf(row: Row): LogItem {
  // Our own writing, so it is not checked again.
  const access = row.access === null ? null : (JSON.parse(row.access) as Access);
  return { ...row, access };
}
