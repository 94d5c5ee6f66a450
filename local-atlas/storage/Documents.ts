import type { DatabaseSync } from "node:sqlite";
import type { Time } from "../oplog/clusterTime.ts";
import type { KeyRange } from "./access.ts";
import { ID_INDEX, type IndexInfo } from "./collectionInfo.ts";
import { type DocumentStatements, prepareStatements } from "./documentStatements.ts";
import { fromRow, type StoredDocument } from "./StoredDocument.ts";

type Row = Readonly<Record<string, unknown>>;

/** A reader who wants the first few shall not wait for many; one who wants all shall not ask often. */
const FIRST_ROWS = 16;
const MOST_ROWS = 512;
const BEFORE_ALL = -1;
const AFTER_ALL = Number.MAX_SAFE_INTEGER;

/** The rows of `documents`, `history` and `index_entries`. Knows nothing of what a document means. */
export class Documents {
  readonly #sql: DocumentStatements;
  /** Rises with every change: rows that were read ahead are then read anew. */
  #changes = 0;

  constructor(database: DatabaseSync) {
    this.#sql = prepareStatements(database);
  }

  get(collection: number, key: Uint8Array): StoredDocument | null {
    const row = this.#sql.byKey.get(collection, key);
    return row === undefined ? null : fromRow(row);
  }

  /** In the order of insertion, or in the opposite. What is changed meanwhile is seen. */
  *all(collection: number, direction: 1 | -1 = 1): Iterable<StoredDocument> {
    const statement = direction === 1 ? this.#sql.up : this.#sql.down;
    const start = direction === 1 ? BEFORE_ALL : AFTER_ALL;
    yield* this.#inParts((last, limit) => statement.all(collection, last?.record ?? start, limit), fromRow);
  }

  /** In the order of insertion, from behind a record on. */
  *after(collection: number, record: number): Iterable<StoredDocument> {
    yield* this.#inParts(
      (last, limit) => this.#sql.up.all(collection, last?.record ?? record, limit),
      fromRow,
    );
  }

  /** The documents of a part of an index in the order of its keys; one with several keys is given several times. */
  inRange(
    collection: number,
    index: IndexInfo,
    range: KeyRange,
    direction: 1 | -1,
  ): Iterable<StoredDocument> {
    if (index.id === ID_INDEX.id) return this.#byIds(collection, range, direction);
    return direction === 1 ? this.#entriesUp(index, range) : this.#entriesDown(index, range);
  }

  *#byIds(collection: number, { low, high }: KeyRange, direction: 1 | -1): Iterable<StoredDocument> {
    const { keysUp, keysDown } = this.#sql;
    const read = (last: StoredDocument | null, limit: number): readonly Row[] => {
      if (direction === -1) return keysDown.all(collection, low, last?.key ?? high, limit);
      return keysUp.all(collection, last === null ? low : justAfter(last.key), high, limit);
    };
    yield* this.#inParts(read, fromRow);
  }

  *#entriesUp(index: IndexInfo, { low, high }: KeyRange): Iterable<StoredDocument> {
    const entries = this.#inParts(
      (last: IndexRow | null, limit) =>
        this.#sql.entriesUp.all(index.id, last?.entry ?? low, last?.stored.record ?? BEFORE_ALL, high, limit),
      toIndexRow,
    );
    for (const { stored } of entries) yield stored;
  }

  *#entriesDown(index: IndexInfo, { low, high }: KeyRange): Iterable<StoredDocument> {
    const entries = this.#inParts(
      (last: IndexRow | null, limit) =>
        this.#sql.entriesDown.all(
          index.id,
          low,
          last?.entry ?? high,
          last?.stored.record ?? BEFORE_ALL,
          limit,
        ),
      toIndexRow,
    );
    for (const { stored } of entries) yield stored;
  }

  /** Reads a few rows, then more at once, each time after the last one that was given. */
  *#inParts<T>(
    read: (last: T | null, limit: number) => readonly Row[],
    convert: (row: Row) => T,
  ): Iterable<T> {
    let last: T | null = null;
    for (let limit = FIRST_ROWS; ; limit = Math.min(limit * 2, MOST_ROWS)) {
      const readAt = this.#changes;
      const rows: readonly Row[] = read(last, limit);
      for (const row of rows) {
        if (this.#changes !== readAt) break;
        last = convert(row);
        yield last;
      }
      if (rows.length < limit && this.#changes === readAt) return;
    }
  }

  /** How many documents there are, and how many bytes. */
  measure(collection: number): { readonly count: number; readonly size: number } {
    const row = this.#sql.count.get(collection);
    return { count: Number(row?.["count"]), size: Number(row?.["size"]) };
  }

  /** How many entries an index has, and how many bytes. */
  measureIndex(index: IndexInfo): { readonly count: number; readonly size: number } {
    const row = this.#sql.indexSize.get(index.id);
    return { count: Number(row?.["count"]), size: Number(row?.["size"]) };
  }

  /** The versions at a time that are no longer the present ones, of documents whose `_id` is in a range. */
  pastInRange(collection: number, { low, high }: KeyRange, time: Time): readonly StoredDocument[] {
    return this.#sql.pastInRange.all(collection, low, high, time, time).map(fromRow);
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
    this.#changes++;
    return Number(this.#sql.insert.get(collection, key, time, bytes)?.["record"]);
  }

  /** Puts a new version in the place of the present one, which becomes history. */
  replace(record: number, time: Time, bytes: Uint8Array): void {
    this.#changes++;
    this.#sql.archive.run(time, record, time);
    this.#sql.replace.run(time, bytes, record);
  }

  /** Removes a document; its last version becomes history. */
  remove(record: number, time: Time): void {
    this.#changes++;
    this.#sql.archive.run(time, record, time);
    this.#sql.remove.run(record);
  }

  /** True when another document than this one has the key in the index. */
  hasEntry(index: IndexInfo, key: Uint8Array, exceptRecord: number): boolean {
    return this.#sql.otherEntry.get(index.id, key, exceptRecord) !== undefined;
  }

  /** True when a document has the key in the index. */
  ownsEntry(index: IndexInfo, key: Uint8Array, record: number): boolean {
    return this.#sql.ownEntry.get(index.id, key, record) !== undefined;
  }

  /** Removes all documents of a collection; they become history. */
  removeAll(collection: number, time: Time): void {
    this.#changes++;
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

  /** Gives a document the key that its `_id` has in a newer version of this program. */
  changeKey(record: number, key: Uint8Array): void {
    this.#sql.changeKey.run(key, record);
  }
}

interface IndexRow {
  readonly entry: Uint8Array;
  readonly stored: StoredDocument;
}

function toIndexRow(row: Row): IndexRow {
  const { entry } = row;
  if (!(entry instanceof Uint8Array)) throw new Error("an entry of an index has no key");
  return { entry, stored: fromRow(row) };
}

function justAfter(key: Uint8Array): Buffer {
  return Buffer.concat([key, Buffer.from([0])]);
}
