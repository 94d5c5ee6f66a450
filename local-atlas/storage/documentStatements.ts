import type { DatabaseSync } from "node:sqlite";

const COLUMNS = "record, key, time, bytes";
const JOINED = "d.record, d.key, d.time, d.bytes, e.key AS entry";

/** The statements on `documents`, `history` and `index_entries`, by what they do. */
export type DocumentStatements = ReturnType<typeof prepareStatements>;

/** Prepares them once for a database. Those that may find much give so many rows at once, after a place. */
export function prepareStatements(database: DatabaseSync) {
  return {
    byKey: database.prepare(`SELECT ${COLUMNS} FROM documents WHERE collection = ? AND key = ?`),
    up: database.prepare(
      `SELECT ${COLUMNS} FROM documents WHERE collection = ? AND record > ? ORDER BY record LIMIT ?`,
    ),
    down: database.prepare(
      `SELECT ${COLUMNS} FROM documents WHERE collection = ? AND record < ? ORDER BY record DESC LIMIT ?`,
    ),
    keysUp: database.prepare(
      `SELECT ${COLUMNS} FROM documents WHERE collection = ? AND key >= ? AND key < ? ORDER BY key LIMIT ?`,
    ),
    keysDown: database.prepare(
      `SELECT ${COLUMNS} FROM documents WHERE collection = ? AND key >= ? AND key < ? ORDER BY key DESC LIMIT ?`,
    ),
    entriesUp: database.prepare(
      `SELECT ${JOINED} FROM index_entries e CROSS JOIN documents d USING (record)
       WHERE e.index_id = ? AND (e.key, e.record) > (?, ?) AND e.key < ? ORDER BY e.key, e.record LIMIT ?`,
    ),
    entriesDown: database.prepare(
      `SELECT ${JOINED} FROM index_entries e CROSS JOIN documents d USING (record)
       WHERE e.index_id = ? AND e.key >= ? AND (e.key, e.record) < (?, ?)
       ORDER BY e.key DESC, e.record DESC LIMIT ?`,
    ),
    insert: database.prepare(
      "INSERT INTO documents (collection, key, time, bytes) VALUES (?, ?, ?, ?) RETURNING record",
    ),
    replace: database.prepare("UPDATE documents SET time = ?, bytes = ? WHERE record = ?"),
    remove: database.prepare("DELETE FROM documents WHERE record = ?"),
    archive: database.prepare(
      `INSERT INTO history (collection, key, record, time, until, bytes)
       SELECT collection, key, record, time, ?, bytes FROM documents WHERE record = ? AND time < ?`,
    ),
    pastInRange: database.prepare(
      `SELECT ${COLUMNS} FROM history WHERE collection = ? AND key >= ? AND key < ? AND until > ? AND time <= ?`,
    ),
    pastAll: database.prepare(
      `SELECT ${COLUMNS} FROM history WHERE collection = ? AND until > ? AND time <= ?`,
    ),
    changedSince: database.prepare(
      `SELECT 1 AS found FROM documents WHERE collection = ? AND key = ? AND time > ?
       UNION ALL SELECT 1 FROM history WHERE collection = ? AND key = ? AND until > ? LIMIT 1`,
    ),
    addEntry: database.prepare("INSERT INTO index_entries (index_id, key, record) VALUES (?, ?, ?)"),
    removeEntry: database.prepare("DELETE FROM index_entries WHERE index_id = ? AND key = ? AND record = ?"),
    ownEntry: database.prepare(
      "SELECT record FROM index_entries WHERE index_id = ? AND key = ? AND record = ?",
    ),
    otherEntry: database.prepare(
      "SELECT record FROM index_entries WHERE index_id = ? AND key = ? AND record <> ? LIMIT 1",
    ),
    count: database.prepare(
      "SELECT count(*) AS count, total(length(bytes)) AS size FROM documents WHERE collection = ?",
    ),
    indexSize: database.prepare(
      "SELECT count(*) AS count, total(length(key) + 8) AS size FROM index_entries WHERE index_id = ?",
    ),
    removeIndex: database.prepare("DELETE FROM index_entries WHERE index_id = ?"),
    archiveAll: database.prepare(
      `INSERT INTO history (collection, key, record, time, until, bytes)
       SELECT collection, key, record, time, ?, bytes FROM documents WHERE collection = ?`,
    ),
    removeAll: database.prepare("DELETE FROM documents WHERE collection = ?"),
    changeKey: database.prepare("UPDATE documents SET key = ? WHERE record = ?"),
  };
}
