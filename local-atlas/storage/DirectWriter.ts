import type { BsonDocument } from "../bson/BsonDocument.ts";
import { Binary } from "bson";
import { isNumeric, toNumber } from "../bson/numbers.ts";
import { encodeKey } from "../bson/encodeKey.ts";
import type { Time } from "../oplog/clusterTime.ts";
import { disambiguatedPaths } from "../oplog/disambiguatedPaths.ts";
import type { OplogContent } from "../oplog/OplogEntry.ts";
import {
  lockOfCollection,
  lockOfDocument,
  lockOfIndexKey,
  type LockName,
} from "../transactions/WriteLocks.ts";
import { type CollectionInfo, ID_INDEX, isClustered, type IndexInfo } from "./collectionInfo.ts";
import { keepsImages } from "./keepsImages.ts";
import { hasEqualKey, rivalRanges } from "./rivals.ts";
import { indexEntries, type IndexEntries, type IndexKey } from "./indexKeys.ts";
import type { StoredDocument } from "./StoredDocument.ts";
import type { Store } from "./Store.ts";
import { duplicateId, duplicateKey } from "./uniqueKeys.ts";
import type { IndexSpec, NewVersion, UpdateKind, Writer } from "./Writer.ts";

/** Where and when a change stands in the oplog, and for whose transaction. */
export interface WriteMoment {
  readonly time: Time;
  readonly position: number;
  readonly transaction?: { readonly lsid: BsonDocument; readonly txnNumber: unknown };
}

/** Throws when an open transaction has written to the same thing. */
export type Guard = (lock: LockName) => void;

/** Writes to the present. To be used inside `Store.change` only. */
export class DirectWriter implements Writer {
  readonly #store: Store;
  readonly #nextMoment: () => WriteMoment;
  readonly #guard: Guard;

  /** Every change gets a moment of its own: the next cluster time, or the next place within a transaction. */
  constructor(store: Store, nextMoment: () => WriteMoment, guard: Guard = () => {}) {
    this.#store = store;
    this.#nextMoment = nextMoment;
    this.#guard = guard;
  }

  insert(collection: CollectionInfo, version: NewVersion): void {
    const id = version.document["_id"];
    const key = encodeKey(id);
    this.#guard(lockOfDocument(collection, key));
    if (this.#store.documents.get(collection.id, key) !== null) throw duplicateId(collection, id);
    const moment = this.#nextMoment();
    const record = this.#store.documents.insert(collection.id, key, moment.time, version.bytes);
    this.#addEntries(collection, version.document, record);
    this.#log(moment, collection, {
      operation: "insert",
      documentKey: { _id: id },
      document: version.document,
    });
    if (collection.options["capped"] === true) this.#trim(collection);
  }

  /** The oldest documents make room for the newest one. */
  #trim(collection: CollectionInfo): void {
    const { max, size } = limitsOf(collection.options);
    let measured = this.#store.documents.measure(collection.id);
    for (const oldest of this.#store.documents.all(collection.id)) {
      if (measured.count <= max && measured.size <= size) return;
      this.remove(collection, oldest);
      measured = { count: measured.count - 1, size: measured.size - oldest.bytes.length };
    }
  }

  update(collection: CollectionInfo, before: StoredDocument, version: NewVersion, kind: UpdateKind): void {
    this.#guard(lockOfDocument(collection, before.key));
    const moment = this.#nextMoment();
    this.#store.documents.replace(before.record, moment.time, version.bytes);
    this.#replaceEntries(collection, before, version.document);
    const change =
      kind.operation === "update"
        ? {
            operation: kind.operation,
            description: kind.description,
            disambiguated: disambiguatedPaths(kind.description, version.document),
          }
        : { operation: kind.operation, document: version.document };
    this.#log(moment, collection, {
      ...change,
      ...imagesOf(collection, before.document, version.document),
      documentKey: { _id: before.document["_id"] },
    });
  }

  remove(collection: CollectionInfo, before: StoredDocument): void {
    this.#guard(lockOfDocument(collection, before.key));
    const moment = this.#nextMoment();
    this.#removeEntries(collection, before);
    this.#store.documents.remove(before.record, moment.time);
    this.#log(moment, collection, {
      operation: "delete",
      ...imagesOf(collection, before.document),
      documentKey: { _id: before.document["_id"] },
    });
  }

  ensureCollection(database: string, name: string): CollectionInfo {
    return this.#store.catalog.find(database, name) ?? this.createCollection(database, name, {});
  }

  createCollection(database: string, name: string, options: BsonDocument, uuid?: Uint8Array): CollectionInfo {
    this.#guard(lockOfCollection(database, name));
    const moment = this.#nextMoment();
    const collection = this.#store.catalog.create(database, name, options, moment.time, uuid);
    const hasOwnIdIndex = options["viewOn"] === undefined && !isClustered(collection);
    const details = hasOwnIdIndex ? { idIndex: ID_INDEX.spec, ...options } : options;
    this.#log(moment, collection, { operation: "create", details });
    return collection;
  }

  createIndex(collection: CollectionInfo, spec: IndexSpec): void {
    const moment = this.#nextMoment();
    const index = this.#store.catalog.addIndex(collection, spec.name, spec);
    for (const stored of this.#store.documents.all(collection.id)) {
      this.addEntries(collection, index, stored.document, stored.record);
    }
    this.#log(moment, collection, { operation: "createIndexes", details: { indexes: [spec] } });
  }

  #addEntries(collection: CollectionInfo, document: BsonDocument, record: number): void {
    for (const index of collection.indexes) this.addEntries(collection, index, document, record);
  }

  /** Enters a document into one index; throws `DuplicateKey` when another one has the key and may not. */
  addEntries(collection: CollectionInfo, index: IndexInfo, document: BsonDocument, record: number): void {
    this.#addKeys(collection, index, indexEntries(index, document), record);
  }

  #addKeys(collection: CollectionInfo, index: IndexInfo, entries: IndexEntries, record: number): void {
    this.#store.catalog.noteMultikey(index, entries.multikey);
    for (const key of entries.keys) {
      if (index.keepsApart) this.#guard(lockOfIndexKey(index, key.bytes));
      if (index.keepsApart && this.#isTaken(collection, index, key, record))
        throw duplicateKey(collection, index, key.values);
      this.#store.documents.addEntry(index, key.bytes, record);
    }
  }

  #isTaken(collection: CollectionInfo, index: IndexInfo, key: IndexKey, record: number): boolean {
    const { documents } = this.#store;
    if (index.collation === null) return documents.hasEntry(index, key.bytes, record);
    for (const range of rivalRanges(index, key)) {
      for (const other of documents.inRange(collection.id, index, range, 1))
        if (other.record !== record && hasEqualKey(index, key, other.document)) return true;
    }
    return false;
  }

  /** Keys that stay are not touched: while an index is about to become unique, others may have them too. */
  #replaceEntries(collection: CollectionInfo, before: StoredDocument, after: BsonDocument): void {
    for (const index of collection.indexes) {
      const [old, next] = [indexEntries(index, before.document), indexEntries(index, after)];
      const gone = old.keys.filter(({ bytes }) => !next.keys.some((key) => key.bytes.equals(bytes)));
      const added = next.keys.filter(({ bytes }) => !old.keys.some((key) => key.bytes.equals(bytes)));
      for (const { bytes } of gone) this.#store.documents.removeEntry(index, bytes, before.record);
      this.#addKeys(collection, index, { ...next, keys: added }, before.record);
    }
  }

  #removeEntries(collection: CollectionInfo, before: StoredDocument): void {
    for (const index of collection.indexes) {
      for (const { bytes } of indexEntries(index, before.document).keys) {
        this.#store.documents.removeEntry(index, bytes, before.record);
      }
    }
  }

  #log(
    moment: WriteMoment,
    collection: CollectionInfo,
    content: Omit<OplogContent, "database" | "collection" | "wallTime">,
  ): void {
    this.#store.oplog.append(moment.time, moment.position, {
      ...content,
      ...moment.transaction,
      database: collection.database,
      collection: collection.name,
      uuid: new Binary(collection.uuid, Binary.SUBTYPE_UUID),
      wallTime: new Date(this.#store.now()),
    });
  }
}

function limitsOf(options: BsonDocument): { readonly max: number; readonly size: number } {
  const { max, size } = options;
  return {
    max: isNumeric(max) && toNumber(max) > 0 ? toNumber(max) : Infinity,
    size: isNumeric(size) ? toNumber(size) : Infinity,
  };
}

/** The documents that change streams may ask for later. */
function imagesOf(
  { options }: CollectionInfo,
  before: BsonDocument,
  after?: BsonDocument,
): Pick<OplogContent, "before" | "after"> {
  if (!keepsImages(options)) return {};
  return after === undefined ? { before } : { before, after };
}
