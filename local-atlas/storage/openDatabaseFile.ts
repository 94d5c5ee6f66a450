import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

const FILE_NAME = "local-atlas.sqlite";

/**
 * Everything is in one file. `time` columns hold a cluster time as 16 hex digits, whose text order is their order:
 * as one 64-bit integer it would not fit a JavaScript number.
 *
 * `former_names` says how collections were called before they were renamed, and until when. `multikey` says which fields of an index went through arrays. `documents` holds what is, `history` what was (for reads at an earlier time), `oplog` what happened.
 */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;

  CREATE TABLE IF NOT EXISTS collections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    database TEXT NOT NULL,
    name TEXT NOT NULL,
    uuid BLOB NOT NULL,
    options BLOB NOT NULL,
    created TEXT NOT NULL,
    dropped TEXT
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS living_collections ON collections (database, name) WHERE dropped IS NULL;

  CREATE TABLE IF NOT EXISTS former_names (
    collection INTEGER NOT NULL,
    database TEXT NOT NULL,
    name TEXT NOT NULL,
    until TEXT NOT NULL,
    PRIMARY KEY (collection, until)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE IF NOT EXISTS indexes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    collection INTEGER NOT NULL,
    name TEXT NOT NULL,
    spec BLOB NOT NULL,
    UNIQUE (collection, name)
  ) STRICT;

  CREATE TABLE IF NOT EXISTS multikey (
    index_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (index_id, position)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE IF NOT EXISTS index_entries (
    index_id INTEGER NOT NULL,
    key BLOB NOT NULL,
    record INTEGER NOT NULL,
    PRIMARY KEY (index_id, key, record)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE IF NOT EXISTS documents (
    record INTEGER PRIMARY KEY AUTOINCREMENT,
    collection INTEGER NOT NULL,
    key BLOB NOT NULL,
    time TEXT NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (collection, key)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS documents_in_order ON documents (collection, record);

  CREATE TABLE IF NOT EXISTS history (
    collection INTEGER NOT NULL,
    key BLOB NOT NULL,
    record INTEGER NOT NULL,
    time TEXT NOT NULL,
    until TEXT NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS history_by_key ON history (collection, key, until);
  CREATE INDEX IF NOT EXISTS history_by_end ON history (collection, until);
  CREATE INDEX IF NOT EXISTS history_age ON history (until);

  CREATE TABLE IF NOT EXISTS oplog (
    time TEXT NOT NULL,
    position INTEGER NOT NULL,
    entry BLOB NOT NULL,
    PRIMARY KEY (time, position)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE IF NOT EXISTS answers (
    session TEXT PRIMARY KEY,
    number INTEGER NOT NULL,
    reply BLOB NOT NULL,
    used INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

/**
 * Opens (and, the first time, makes) the database in a folder, or in memory when the folder is `null`.
 * A commit returns after its bytes were synced to disk, so a killed process or a lost power supply loses nothing
 * that was acknowledged.
 */
export function openDatabaseFile(folder: string | null): DatabaseSync {
  if (folder !== null) mkdirSync(folder, { recursive: true });
  const database = new DatabaseSync(folder === null ? ":memory:" : join(folder, FILE_NAME));
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA locking_mode = EXCLUSIVE;");
  database.exec(SCHEMA);
  return database;
}
