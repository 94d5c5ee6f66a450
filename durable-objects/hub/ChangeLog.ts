import type { Position } from "../../protocol/position.ts";
import type { Version } from "../../protocol/version.ts";
import type { LogRange } from "./resume.ts";

/** One change of a topic, as the database's history tells it. */
export interface ChangeRecord {
  /** The id of the item that changed. */
  readonly id: string;
  readonly version: Version;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly operationType: string;
  /** The fields of the event that say nothing of the document's content, as JSON text of an object. */
  readonly head: string;
  /** `updateDescription` as JSON text; `null` for what is no update. */
  readonly description: string | null;
  /** The document after the change as wire JSON; `null` when there is none. */
  readonly data: string | null;
}

/** A change in the log. */
export interface ChangeEntry extends Omit<ChangeRecord, "data"> {
  readonly seq: number;
  /** What is known of the document, which filters ask for: after a delete, what it was before. */
  readonly data: string | null;
  /** Whether that is the document after the change. */
  readonly isCurrent: boolean;
}

interface Life {
  readonly schema: typeof SCHEMA_VERSION;
  readonly epoch: string;
  readonly floor: number;
  /** From when on every change is here; milliseconds since 1970. */
  readonly keptFrom: number;
  readonly watchedAt: number;
  readonly position: Position;
}

const SCHEMA_VERSION = 2;
const LIFE = "life";
const KEEP_ENTRIES = 1000;
const KEEP_MS = 86_400_000;
const PAGE_ENTRIES = 100;

const SCHEMA = `
  CREATE TABLE changes (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    version TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    operationType TEXT NOT NULL,
    head TEXT NOT NULL,
    description TEXT,
    data TEXT,
    current INTEGER NOT NULL
  );
  CREATE INDEX changes_of ON changes (id, seq);
`;

const COLUMNS = "seq, id, version, at, operationType, head, description, data, current";

type Row = {
  seq: number;
  id: string;
  version: string;
  at: number;
  operationType: string;
  head: string;
  description: string | null;
  data: string | null;
  current: number;
};

interface ChangeLogOptions {
  readonly storage: DurableObjectStorage;
  /** Names a new life: lower-case letters and digits, never the same twice. */
  readonly newEpoch: () => string;
}

/**
 * The changes of a topic in the order of the database's history, each once, the newest thousand of the last day. All
 * methods are synchronous, so nothing interleaves.
 */
export class ChangeLog {
  readonly #options: ChangeLogOptions;
  #life: Life | null;
  #head = 0;
  #page: { readonly cursor: number; readonly entries: readonly ChangeEntry[] } | null = null;

  constructor(options: ChangeLogOptions) {
    this.#options = options;
    const life = options.storage.kv.get<Life>(LIFE);
    this.#life = life?.schema === SCHEMA_VERSION ? life : null;
    if (this.#life) this.#head = Math.max(this.#newestSeq(), this.#life.floor);
  }

  get exists(): boolean {
    return this.#life !== null;
  }

  /** Where the database's history goes on. */
  get position(): Position | null {
    return this.#life?.position ?? null;
  }

  get watchedAt(): number {
    return this.#life?.watchedAt ?? 0;
  }

  get head(): number {
    return this.#head;
  }

  get range(): LogRange {
    return {
      epoch: this.#life?.epoch ?? "",
      head: this.#head,
      floor: this.#life?.floor ?? 0,
      isHistory: true,
    };
  }

  /** Whether a change is here. */
  has(version: Version): boolean {
    if (!this.#life) return false;
    return !this.#sql.exec("SELECT 1 FROM changes WHERE version = ?", version).next().done;
  }

  /** The next changes after a cursor. None means that there are no more. */
  since(cursor: number): readonly ChangeEntry[] {
    if (cursor >= this.#head) return [];
    if (this.#page?.cursor === cursor) return this.#page.entries;
    const entries = this.#sql
      .exec<Row>(`SELECT ${COLUMNS} FROM changes WHERE seq > ? ORDER BY seq LIMIT ?`, cursor, PAGE_ENTRIES)
      .toArray()
      .map(({ current, ...entry }) => ({ ...entry, isCurrent: current === 1 }));
    this.#page = { cursor, entries };
    return entries;
  }

  /** The cursor after which all changes since a moment come; `null` when some of them are no longer here. */
  cursorAt(moment: number): number | null {
    if (!this.#life || moment < this.#life.keptFrom) return null;
    const { before } = this.#sql
      .exec<{ before: number | null }>("SELECT max(seq) AS before FROM changes WHERE at < ?", moment)
      .one();
    return before ?? this.#life.floor;
  }

  /** Begins at a place in the history; what came before it is not known. `now` in milliseconds since 1970. */
  begin(position: Position, now: number): void {
    this.#sql.exec("DROP TABLE IF EXISTS changes");
    this.#sql.exec(SCHEMA);
    this.#page = null;
    const watchedAt = this.#life?.watchedAt ?? now;
    const epoch = this.#options.newEpoch();
    this.#keep({ schema: SCHEMA_VERSION, epoch, floor: this.#head, keptFrom: now, watchedAt, position });
  }

  /** Takes in what follows in the history, up to a place. */
  append(records: readonly ChangeRecord[], position: Position, now: number): void {
    if (!this.#life) return;
    this.#page = null;
    for (const record of records) if (!this.has(record.version)) this.#insert(record);
    this.#keep({ ...this.#life, position });
    this.trim(now);
  }

  /** Notes that somebody began or stopped watching. */
  noteWatched(now: number): void {
    if (this.#life) this.#keep({ ...this.#life, watchedAt: now });
  }

  /** Forgets everything. */
  async forget(): Promise<void> {
    this.#life = null;
    this.#head = 0;
    this.#page = null;
    await this.#options.storage.deleteAll();
  }

  get #sql(): SqlStorage {
    return this.#options.storage.sql;
  }

  #insert(record: ChangeRecord): void {
    this.#head += 1;
    this.#sql.exec(
      `INSERT INTO changes (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      this.#head,
      record.id,
      record.version,
      record.at,
      record.operationType,
      record.head,
      record.description,
      record.data ?? this.#lastKnown(record.id),
      Number(record.data !== null),
    );
  }

  #lastKnown(id: string): string | null {
    const [row] = this.#sql
      .exec<{ data: string | null }>("SELECT data FROM changes WHERE id = ? ORDER BY seq DESC LIMIT 1", id)
      .toArray();
    return row?.data ?? null;
  }

  /** Drops what has become too old, or is too much. */
  trim(now: number): void {
    if (!this.#life) return;
    const { last } = this.#sql
      .exec<{ last: number | null }>(
        "SELECT max(seq) AS last FROM changes WHERE seq <= ? OR at < ?",
        this.#head - KEEP_ENTRIES,
        now - KEEP_MS,
      )
      .one();
    if (last === null) return;
    const { at } = this.#sql.exec<{ at: number }>("SELECT at FROM changes WHERE seq = ?", last).one();
    this.#sql.exec("DELETE FROM changes WHERE seq <= ?", last);
    this.#keep({ ...this.#life, floor: last, keptFrom: Math.max(this.#life.keptFrom, at + 1) });
  }

  #newestSeq(): number {
    return (
      this.#sql.exec<{ newest: number | null }>("SELECT max(seq) AS newest FROM changes").one().newest ?? 0
    );
  }

  #keep(life: Life): void {
    this.#life = life;
    this.#options.storage.kv.put(LIFE, life);
  }
}
