import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Time } from "../oplog/clusterTime.ts";
import type { IndexInfo } from "./collectionInfo.ts";
import { fromRow, type StoredDocument } from "./StoredDocument.ts";

/** The rows of `documents`, `history` and `index_entries`. Knows nothing of what a document means. */
export class Documents {
  readonly #byKey: StatementSync;
  readonly #all: StatementSync;
  readonly #byIndex: StatementSync;
  readonly #insert: StatementSync;
  readonly #replace: StatementSync;
  readonly #remove: StatementSync;
  readonly #archive: StatementSync;
  readonly #pastByKey: StatementSync;
  readonly #pastAll: StatementSync;
  readonly #changedSince: StatementSync;
  readonly #addEntry: StatementSync;
  readonly #removeEntry: StatementSync;
  readonly #count: StatementSync;
  readonly #otherEntry: StatementSync;
  readonly #removeIndex: StatementSync;
  readonly #archiveAll: StatementSync;
  readonly #removeAll: StatementSync;

  constructor(database: DatabaseSync) {
    const columns = "record, key, time, bytes";
    this.#byKey = database.prepare(`SELECT ${columns} FROM documents WHERE collection = ? AND key = ?`);
    this.#all = database.prepare(`SELECT ${columns} FROM documents WHERE collection = ? ORDER BY record`);
    this.#byIndex = database.prepare(
      `SELECT DISTINCT d.record, d.key, d.time, d.bytes FROM index_entries e JOIN documents d USING (record)
       WHERE e.index_id = ? AND e.key >= ? AND e.key < ? ORDER BY d.record`,
    );
    this.#insert = database.prepare(
      "INSERT INTO documents (collection, key, time, bytes) VALUES (?, ?, ?, ?) RETURNING record",
    );
    this.#replace = database.prepare("UPDATE documents SET time = ?, bytes = ? WHERE record = ?");
    this.#remove = database.prepare("DELETE FROM documents WHERE record = ?");
    this.#archive = database.prepare(
      `INSERT INTO history (collection, key, record, time, until, bytes)
       SELECT collection, key, record, time, ?, bytes FROM documents WHERE record = ? AND time < ?`,
    );
    this.#pastByKey = database.prepare(
      `SELECT ${columns} FROM history WHERE collection = ? AND key = ? AND until > ? AND time <= ?`,
    );
    this.#pastAll = database.prepare(
      `SELECT ${columns} FROM history WHERE collection = ? AND until > ? AND time <= ?`,
    );
    this.#changedSince = database.prepare(
      `SELECT 1 AS found FROM documents WHERE collection = ? AND key = ? AND time > ?
       UNION ALL SELECT 1 FROM history WHERE collection = ? AND key = ? AND until > ? LIMIT 1`,
    );
    this.#addEntry = database.prepare("INSERT INTO index_entries (index_id, key, record) VALUES (?, ?, ?)");
    this.#removeEntry = database.prepare(
      "DELETE FROM index_entries WHERE index_id = ? AND key = ? AND record = ?",
    );
    this.#otherEntry = database.prepare(
      "SELECT record FROM index_entries WHERE index_id = ? AND key = ? AND record <> ? LIMIT 1",
    );
    this.#count = database.prepare(
      "SELECT count(*) AS count, total(length(bytes)) AS size FROM documents WHERE collection = ?",
    );
    this.#removeIndex = database.prepare("DELETE FROM index_entries WHERE index_id = ?");
    this.#archiveAll = database.prepare(
      `INSERT INTO history (collection, key, record, time, until, bytes)
       SELECT collection, key, record, time, ?, bytes FROM documents WHERE collection = ?`,
    );
    this.#removeAll = database.prepare("DELETE FROM documents WHERE collection = ?");
  }

  get(collection: number, key: Uint8Array): StoredDocument | null {
    const row = this.#byKey.get(collection, key);
    return row === undefined ? null : fromRow(row);
  }

  /** In the order of insertion. */
  *all(collection: number): Iterable<StoredDocument> {
    for (const row of this.#all.iterate(collection)) yield fromRow(row);
  }

  /** How many documents there are, and how many bytes. */
  measure(collection: number): { readonly count: number; readonly size: number } {
    const row = this.#count.get(collection);
    return { count: Number(row?.["count"]), size: Number(row?.["size"]) };
  }

  /** The documents whose index key begins with a prefix. */
  byIndex(index: IndexInfo, prefix: Uint8Array): readonly StoredDocument[] {
    return this.#byIndex.all(index.id, prefix, afterPrefix(prefix)).map(fromRow);
  }

  /** The version of a document at a time, where it is no longer the present one. */
  pastByKey(collection: number, key: Uint8Array, time: Time): StoredDocument | null {
    const row = this.#pastByKey.get(collection, key, time, time);
    return row === undefined ? null : fromRow(row);
  }

  /** All versions at a time that are no longer the present ones. */
  pastAll(collection: number, time: Time): readonly StoredDocument[] {
    return this.#pastAll.all(collection, time, time).map(fromRow);
  }

  /** True when the document was inserted, changed or deleted after a time. */
  changedSince(collection: number, key: Uint8Array, time: Time): boolean {
    return this.#changedSince.get(collection, key, time, collection, key, time) !== undefined;
  }

  /** Gives the new record's number. */
  insert(collection: number, key: Uint8Array, time: Time, bytes: Uint8Array): number {
    return Number(this.#insert.get(collection, key, time, bytes)?.["record"]);
  }

  /** Puts a new version in the place of the present one, which becomes history. */
  replace(record: number, time: Time, bytes: Uint8Array): void {
    this.#archive.run(time, record, time);
    this.#replace.run(time, bytes, record);
  }

  /** Removes a document; its last version becomes history. */
  remove(record: number, time: Time): void {
    this.#archive.run(time, record, time);
    this.#remove.run(record);
  }

  /** True when another document than this one has the key in the index. */
  hasEntry(index: IndexInfo, key: Uint8Array, exceptRecord: number): boolean {
    return this.#otherEntry.get(index.id, key, exceptRecord) !== undefined;
  }

  /** Removes all documents of a collection; they become history. */
  removeAll(collection: number, time: Time): void {
    this.#archiveAll.run(time, collection);
    this.#removeAll.run(collection);
  }

  removeIndex(index: IndexInfo): void {
    this.#removeIndex.run(index.id);
  }

  addEntry(index: IndexInfo, key: Uint8Array, record: number): void {
    this.#addEntry.run(index.id, key, record);
  }

  removeEntry(index: IndexInfo, key: Uint8Array, record: number): void {
    this.#removeEntry.run(index.id, key, record);
  }
}

/** The first key after all keys that begin with the prefix. A type byte is never 0xff, so there always is one. */
function afterPrefix(prefix: Uint8Array): Buffer {
  const end = Buffer.from(prefix);
  for (let index = end.length - 1; index >= 0; index--) {
    const byte = end.readUInt8(index);
    if (byte < 0xff) {
      end.writeUInt8(byte + 1, index);
      return end.subarray(0, index + 1);
    }
  }
  return Buffer.from([0xff]);
}
