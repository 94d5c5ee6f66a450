import type { DatabaseSync } from "node:sqlite";
import type { Time } from "../oplog/clusterTime.ts";
import type { IndexInfo } from "./collectionInfo.ts";
import { type DocumentStatements, prepareStatements } from "./documentStatements.ts";
import { fromRow, type StoredDocument } from "./StoredDocument.ts";

/** The rows of `documents`, `history` and `index_entries`. Knows nothing of what a document means. */
export class Documents {
  readonly #sql: DocumentStatements;

  constructor(database: DatabaseSync) {
    this.#sql = prepareStatements(database);
  }

  get(collection: number, key: Uint8Array): StoredDocument | null {
    const row = this.#sql.byKey.get(collection, key);
    return row === undefined ? null : fromRow(row);
  }

  /** In the order of insertion. */
  *all(collection: number): Iterable<StoredDocument> {
    for (const row of this.#sql.all.iterate(collection)) yield fromRow(row);
  }

  /** How many documents there are, and how many bytes. */
  measure(collection: number): { readonly count: number; readonly size: number } {
    const row = this.#sql.count.get(collection);
    return { count: Number(row?.["count"]), size: Number(row?.["size"]) };
  }

  /** The documents whose index key begins with a prefix. */
  byIndex(index: IndexInfo, prefix: Uint8Array): readonly StoredDocument[] {
    return this.#sql.byIndex.all(index.id, prefix, afterPrefix(prefix)).map(fromRow);
  }

  /** The version of a document at a time, where it is no longer the present one. */
  pastByKey(collection: number, key: Uint8Array, time: Time): StoredDocument | null {
    const row = this.#sql.pastByKey.get(collection, key, time, time);
    return row === undefined ? null : fromRow(row);
  }

  /** All versions at a time that are no longer the present ones. */
  pastAll(collection: number, time: Time): readonly StoredDocument[] {
    return this.#sql.pastAll.all(collection, time, time).map(fromRow);
  }

  /** True when the document was inserted, changed or deleted after a time. */
  changedSince(collection: number, key: Uint8Array, time: Time): boolean {
    return this.#sql.changedSince.get(collection, key, time, collection, key, time) !== undefined;
  }

  /** Gives the new record's number. */
  insert(collection: number, key: Uint8Array, time: Time, bytes: Uint8Array): number {
    return Number(this.#sql.insert.get(collection, key, time, bytes)?.["record"]);
  }

  /** Puts a new version in the place of the present one, which becomes history. */
  replace(record: number, time: Time, bytes: Uint8Array): void {
    this.#sql.archive.run(time, record, time);
    this.#sql.replace.run(time, bytes, record);
  }

  /** Removes a document; its last version becomes history. */
  remove(record: number, time: Time): void {
    this.#sql.archive.run(time, record, time);
    this.#sql.remove.run(record);
  }

  /** True when another document than this one has the key in the index. */
  hasEntry(index: IndexInfo, key: Uint8Array, exceptRecord: number): boolean {
    return this.#sql.otherEntry.get(index.id, key, exceptRecord) !== undefined;
  }

  /** Removes all documents of a collection; they become history. */
  removeAll(collection: number, time: Time): void {
    this.#sql.archiveAll.run(time, collection);
    this.#sql.removeAll.run(collection);
  }

  removeIndex(index: IndexInfo): void {
    this.#sql.removeIndex.run(index.id);
  }

  addEntry(index: IndexInfo, key: Uint8Array, record: number): void {
    this.#sql.addEntry.run(index.id, key, record);
  }

  removeEntry(index: IndexInfo, key: Uint8Array, record: number): void {
    this.#sql.removeEntry.run(index.id, key, record);
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
