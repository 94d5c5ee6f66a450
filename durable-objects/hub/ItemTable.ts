import type { Access } from "../../protocol/update.ts";

/** The latest update of one item, as it is stored. */
export interface StoredItem {
  readonly id: string;
  readonly seq: number;
  readonly version: string;
  /** Wire JSON; `null` for a tombstone. */
  readonly data: string | null;
  /** Who may read it; for a tombstone, who could. */
  readonly access: Access | null;
  /** Who ever could since the item was first heard of: they may still hold it. */
  readonly pastAccess: Access | null;
}

const SCHEMA = `
  CREATE TABLE items (
    id TEXT PRIMARY KEY,
    seq INTEGER NOT NULL UNIQUE,
    version TEXT NOT NULL,
    data TEXT,
    access TEXT,
    past_access TEXT,
    removed_at INTEGER
  ) WITHOUT ROWID;
  CREATE TABLE parts (id TEXT, part INTEGER, data TEXT NOT NULL, PRIMARY KEY (id, part)) WITHOUT ROWID;
`;

/** A row holds 2 MB at the most, and a character takes up to three bytes. Longer documents lie in parts beside it. */
const LONGEST_PART = 500_000;

const COLUMNS = "id, seq, version, data, access, past_access, removed_at";

type Row = {
  id: string;
  seq: number;
  version: string;
  data: string | null;
  access: string | null;
  past_access: string | null;
  removed_at: number | null;
};

/** How much a topic holds. */
export interface TopicSize {
  readonly items: number;
  readonly characters: number;
}

/** The rows of a log, in the object's SQLite. */
export class ItemTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  get exists(): boolean {
    return !this.#sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'items'").next().done;
  }

  create(): void {
    this.#sql.exec(SCHEMA);
  }

  drop(): void {
    for (const { name } of this.#sql
      .exec<{ name: string }>("SELECT name FROM sqlite_master WHERE name IN ('items', 'parts', 'life')")
      .toArray()) {
      this.#sql.exec(`DROP TABLE ${name}`);
    }
  }

  /** The seq of the newest row; 0 without any. */
  newestSeq(): number {
    return (
      this.#sql.exec<{ newest: number | null }>("SELECT max(seq) AS newest FROM items").one().newest ?? 0
    );
  }

  /** The newest version of any row. */
  newestVersion(): string | null {
    const { newest } = this.#sql
      .exec<{ newest: string | null }>("SELECT max(version) AS newest FROM items")
      .one();
    return newest === "" ? null : newest;
  }

  size(): TopicSize {
    const rows = this.#sql
      .exec<{ items: number; characters: number }>(
        "SELECT count(*) AS items, coalesce(sum(length(data)), 0) AS characters FROM items WHERE removed_at IS NULL",
      )
      .one();
    const parts = this.#sql
      .exec<{ characters: number }>("SELECT coalesce(sum(length(data)), 0) AS characters FROM parts")
      .one();
    return { items: rows.items, characters: rows.characters + parts.characters };
  }

  get(id: string): StoredItem | null {
    const [row] = this.#sql.exec<Row>(`SELECT ${COLUMNS} FROM items WHERE id = ?`, id).toArray();
    return row ? this.#itemOf(row) : null;
  }

  /** The rows after a seq, in its order. */
  since(seq: number, limit: number): readonly StoredItem[] {
    return this.#sql
      .exec<Row>(`SELECT ${COLUMNS} FROM items WHERE seq > ? ORDER BY seq LIMIT ?`, seq, limit)
      .toArray()
      .map((row) => this.#itemOf(row));
  }

  /** The ids and versions of the items that are there. */
  present(): readonly { readonly id: string; readonly version: string }[] {
    return this.#sql
      .exec<{ id: string; version: string }>("SELECT id, version FROM items WHERE removed_at IS NULL")
      .toArray();
  }

  /** Stores an item whole. `removedAt` in milliseconds since 1970; `null` for one that is there. */
  put(item: StoredItem, removedAt: number | null): void {
    const { id, data } = item;
    const isLong = data !== null && data.length > LONGEST_PART;
    this.#sql.exec(
      `INSERT OR REPLACE INTO items (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`,
      id,
      item.seq,
      item.version,
      isLong ? null : data,
      textOf(item.access),
      textOf(item.pastAccess),
      removedAt,
    );
    this.#sql.exec("DELETE FROM parts WHERE id = ?", id);
    if (isLong) this.#putParts(id, data);
  }

  /** Stores what a repeat can change, and leaves the document alone. */
  renew({ id, version, access, pastAccess }: StoredItem): void {
    this.#sql.exec(
      "UPDATE items SET version = ?, access = ?, past_access = ? WHERE id = ?",
      version,
      textOf(access),
      textOf(pastAccess),
      id,
    );
  }

  /** Lets any version count as newer than what is held. */
  forgetVersions(): void {
    this.#sql.exec("UPDATE items SET version = ''");
  }

  /** Deletes the removals made before a moment, with all older ones. Answers the newest seq of them, or `null`. */
  deleteRemovals(before: number): number | null {
    const { newest } = this.#sql
      .exec<{ newest: number | null }>("SELECT max(seq) AS newest FROM items WHERE removed_at < ?", before)
      .one();
    if (newest !== null) {
      this.#sql.exec("DELETE FROM items WHERE removed_at IS NOT NULL AND seq <= ?", newest);
    }
    return newest;
  }

  #putParts(id: string, data: string): void {
    for (let part = 0; part * LONGEST_PART < data.length; part++) {
      const text = data.slice(part * LONGEST_PART, (part + 1) * LONGEST_PART);
      this.#sql.exec("INSERT INTO parts (id, part, data) VALUES (?, ?, ?)", id, part, text);
    }
  }

  #itemOf(row: Row): StoredItem {
    const isLong = row.data === null && row.removed_at === null;
    return {
      id: row.id,
      seq: row.seq,
      version: row.version,
      data: isLong ? this.#partsOf(row.id) : row.data,
      access: accessIn(row.access),
      pastAccess: accessIn(row.past_access),
    };
  }

  #partsOf(id: string): string {
    return this.#sql
      .exec<{ data: string }>("SELECT data FROM parts WHERE id = ? ORDER BY part", id)
      .toArray()
      .map(({ data }) => data)
      .join("");
  }
}

function textOf(access: Access | null): string | null {
  return access && JSON.stringify(access);
}

/** Our own writing, so it is not checked again. */
function accessIn(text: string | null): Access | null {
  return text === null ? null : (JSON.parse(text) as Access);
}
