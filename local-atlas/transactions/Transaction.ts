import type { BsonDocument } from "../bson/BsonDocument.ts";
import { encodeKey } from "../bson/encodeKey.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { Time } from "../oplog/clusterTime.ts";
import type { Access, ScanCounts } from "../storage/access.ts";
import { arrange } from "../storage/arrange.ts";
import { type CollectionInfo, namespaceOf } from "../storage/collectionInfo.ts";
import { indexEntries } from "../storage/indexKeys.ts";
import { toIndexInfo } from "../storage/indexSpec.ts";
import { newUuid } from "../storage/newUuid.ts";
import type { ReadView } from "../storage/ReadView.ts";
import { hasEqualKey, rivalRanges } from "../storage/rivals.ts";
import type { Store } from "../storage/Store.ts";
import type { StoredDocument } from "../storage/StoredDocument.ts";
import { duplicateId, duplicateKey } from "../storage/uniqueKeys.ts";
import type { IndexSpec, NewVersion, UpdateKind, Writer } from "../storage/Writer.ts";
import {
  lockOfCollection,
  lockOfDocument,
  lockOfIndexKey,
  type LockName,
  type WriteLocks,
} from "./WriteLocks.ts";

/** What the changes of a transaction are repeated on, at its commit. */
export interface Present {
  readonly writer: Writer;
  /** The collection as it is now: one that the transaction made has a number only now. */
  readonly collection: (known: CollectionInfo) => CollectionInfo;
  readonly document: (collection: CollectionInfo, key: Uint8Array) => StoredDocument;
}

/** Repeats one change of a transaction. */
export type Replay = (present: Present) => void;

/** New documents of a transaction come after all others, in the order of their insertion. */
const FIRST_NEW_RECORD = 2 ** 52;
/** Collections and indexes that are not committed have numbers below zero, of which each is given once. */
let lastTemporaryId = 0;

/**
 * What one transaction sees and has written: the database as it was at its snapshot, and over that its own changes,
 * which nobody else sees before the commit.
 */
export class Transaction implements ReadView, Writer {
  readonly snapshot: Time;
  readonly #store: Store;
  readonly #locks: WriteLocks;
  readonly #past: ReadView;
  readonly #replays: Replay[] = [];
  /** By collection, then by encoded `_id`: the new version, or `null` for a deleted document. */
  readonly #written = new Map<number, Map<string, StoredDocument | null>>();
  /** Positions in indexes, by the index's number. */
  readonly #multikey = new Map<number, Set<number>>();
  /** The collections that this transaction has made, by their namespaces. */
  readonly #made = new Map<string, CollectionInfo>();
  #nextRecord = FIRST_NEW_RECORD;

  constructor(store: Store, locks: WriteLocks, snapshot: Time) {
    this.#store = store;
    this.#locks = locks;
    this.snapshot = snapshot;
    this.#past = store.at(snapshot);
  }

  get replays(): readonly Replay[] {
    return this.#replays;
  }

  collection(database: string, name: string): CollectionInfo | null {
    const found =
      this.#made.get(namespaceOf({ database, name })) ??
      this.#past.collection(database, name) ??
      this.#newer(database, name);
    return found === null || this.#multikey.size === 0 ? found : this.#withMultikey(found);
  }

  /** A collection that was made after the snapshot; one that only got the name since is not there. */
  #newer(database: string, name: string): CollectionInfo | null {
    const present = this.#store.catalog.find(database, name);
    return present !== null && this.#store.catalog.existedAt(present, this.snapshot) ? null : present;
  }

  /** What this transaction has written may go through arrays where nothing did before. */
  #withMultikey(collection: CollectionInfo): CollectionInfo {
    const indexes = collection.indexes.map((index) => ({
      ...index,
      multikey: new Set([...index.multikey, ...(this.#multikey.get(index.id) ?? [])]),
    }));
    return { ...collection, indexes };
  }

  ensureCollection(database: string, name: string): CollectionInfo {
    return this.collection(database, name) ?? this.createCollection(database, name, {});
  }

  createCollection(database: string, name: string, options: BsonDocument): CollectionInfo {
    if (this.#store.catalog.find(database, name) !== null) throw writeConflict();
    this.#take(lockOfCollection(database, name));
    const uuid = newUuid();
    const made = { id: --lastTemporaryId, database, name, uuid, options, indexes: [] };
    this.#made.set(namespaceOf(made), made);
    this.#replays.push(({ writer }) => writer.createCollection(database, name, options));
    return made;
  }

  /** Only for a collection that this transaction has made itself: it has no documents but its own. */
  createIndex(collection: CollectionInfo, spec: IndexSpec): void {
    const made = this.#made.get(namespaceOf(collection));
    if (made === undefined) {
      throw new CommandError(
        "OperationNotSupportedInTransaction",
        `Cannot create new indexes on existing collection ${namespaceOf(collection)} in a multi-document transaction.`,
      );
    }
    const index = toIndexInfo(--lastTemporaryId, spec, new Set());
    const changed = { ...made, indexes: [...made.indexes, index] };
    this.#made.set(namespaceOf(made), changed);
    for (const own of this.#ownOf(made).values()) if (own !== null) this.#checkIndexes(changed, own);
    this.#replays.push((present) => present.writer.createIndex(present.collection(made), spec));
  }

  find(collection: CollectionInfo, access: Access, counts?: ScanCounts): Iterable<StoredDocument> {
    const own = this.#ownOf(collection);
    const found = this.#past.find(collection, access, counts);
    if (own.size === 0) return found;
    const others = [...found].filter(({ key }) => !own.has(text(key)));
    const written = [...own.values()].filter((version) => version !== null);
    return arrange(access, [...others, ...written]);
  }

  insert(collection: CollectionInfo, version: NewVersion): void {
    const key = encodeKey(version.document["_id"]);
    this.#claim(collection, key);
    const own = this.#ownOf(collection).get(text(key));
    const other = own === undefined ? this.#store.documents.get(collection.id, key) : own;
    if (other !== null) throw duplicateId(collection, version.document["_id"]);
    this.#put(collection, { ...version, key, record: this.#nextRecord++, time: this.snapshot });
    this.#replays.push((present) => present.writer.insert(present.collection(collection), version));
  }

  update(collection: CollectionInfo, before: StoredDocument, version: NewVersion, kind: UpdateKind): void {
    this.#claim(collection, before.key);
    this.#put(collection, { ...before, ...version });
    this.#replays.push((present) => {
      const actual = present.collection(collection);
      present.writer.update(actual, present.document(actual, before.key), version, kind);
    });
  }

  remove(collection: CollectionInfo, before: StoredDocument): void {
    this.#claim(collection, before.key);
    this.#ownOf(collection).set(text(before.key), null);
    this.#replays.push((present) => {
      const actual = present.collection(collection);
      present.writer.remove(actual, present.document(actual, before.key));
    });
  }

  /** Makes a document this transaction's own; throws `WriteConflict` when somebody else changed it meanwhile. */
  #claim(collection: CollectionInfo, key: Uint8Array): void {
    this.#take(lockOfDocument(collection, key));
    if (this.#ownOf(collection).has(text(key))) return;
    if (this.#store.documents.changedSince(collection.id, key, this.snapshot)) throw writeConflict();
  }

  #put(collection: CollectionInfo, version: StoredDocument): void {
    this.#checkIndexes(collection, version);
    this.#ownOf(collection).set(text(version.key), version);
  }

  #checkIndexes(collection: CollectionInfo, version: StoredDocument): void {
    for (const index of collection.indexes) {
      const { keys, multikey } = indexEntries(index, version.document);
      if (multikey.size > 0)
        this.#multikey.set(index.id, new Set([...(this.#multikey.get(index.id) ?? []), ...multikey]));
      if (!index.keepsApart) continue;
      for (const key of keys) {
        this.#take(lockOfIndexKey(index, key.bytes));
        const own = this.#ownOf(collection);
        const committed = rivalRanges(index, key)
          .flatMap((range) => [...this.#store.documents.inRange(collection.id, index, range, 1)])
          .filter((other) => !own.has(text(other.key)) && text(other.key) !== text(version.key))
          .filter((other) => hasEqualKey(index, key, other.document));
        if (committed.some((other) => other.time > this.snapshot)) throw writeConflict();
        const written = [...own.values()].filter(
          (other) => other !== null && text(other.key) !== text(version.key),
        );
        const taken = written.some((other) => other !== null && hasEqualKey(index, key, other.document));
        if (taken || committed.length > 0) throw duplicateKey(collection, index, key.values);
      }
    }
  }

  #take(name: LockName): void {
    if (!this.#locks.take(name, this)) throw writeConflict();
  }

  #ownOf(collection: CollectionInfo): Map<string, StoredDocument | null> {
    const own = this.#written.get(collection.id) ?? new Map<string, StoredDocument | null>();
    this.#written.set(collection.id, own);
    return own;
  }
}

/** Two transactions changed one document: the later one has to start again. */
export function writeConflict(): CommandError {
  return new CommandError(
    "WriteConflict",
    "WriteConflict error: this operation conflicted with another operation. Please retry your operation or multi-document transaction.",
    { labels: ["TransientTransactionError"] },
  );
}

/** A transaction's identity in the oplog. */
export interface TransactionName {
  readonly lsid: BsonDocument;
  readonly txnNumber: unknown;
}

function text(key: Uint8Array): string {
  return Buffer.from(key).toString("latin1");
}
