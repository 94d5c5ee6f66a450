import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import type { Predicate } from "../query/Predicate.ts";

/** One path of an index's key. */
export interface IndexField {
  readonly path: string;
  /** `-1` turns its order around. */
  readonly direction: 1 | -1;
  /** A hashed field answers equality only. */
  readonly isHashed: boolean;
}

/** One index of a collection. */
export interface IndexInfo {
  readonly id: number;
  readonly name: string;
  /** In the order of the key. */
  readonly fields: readonly IndexField[];
  readonly unique: boolean;
  /** No second document may come with a key of it: it is unique, or about to be (`prepareUnique`). */
  readonly keepsApart: boolean;
  readonly sparse: boolean;
  /** Only documents that match are in the index; `null` for all. */
  readonly partial: Predicate | null;
  /** Seconds after which the date at the first path expires a document; `null` for never. */
  readonly expireAfterSeconds: number | null;
  /** Positions of the fields that went through an array in some document: there, one document has several keys. */
  readonly multikey: ReadonlySet<number>;
  /** Strings in its keys are told apart by this collation; `null` for their bytes. */
  readonly collation: BsonDocument | null;
  /** No query uses it. */
  readonly isHidden: boolean;
  /** What `listIndexes` answers. */
  readonly spec: BsonDocument;
}

/** A collection as it is now, or as it was at some time. */
export interface CollectionInfo {
  readonly id: number;
  readonly database: string;
  readonly name: string;
  /** 16 bytes. */
  readonly uuid: Uint8Array;
  readonly options: BsonDocument;
  /** All but the index on `_id`, which every collection has (`idIndexOf`). */
  readonly indexes: readonly IndexInfo[];
}

/** The index on `_id`. Its entries are the documents themselves. */
export const ID_INDEX: IndexInfo = {
  id: 0,
  name: "_id_",
  fields: [{ path: "_id", direction: 1, isHashed: false }],
  unique: true,
  keepsApart: true,
  sparse: false,
  partial: null,
  expireAfterSeconds: null,
  multikey: new Set(),
  collation: null,
  isHidden: false,
  spec: { v: 2, key: { _id: 1 }, name: "_id_" },
};

/** The index on `_id` under the name that a clustered collection gives it; its documents lie in the order of this index. */
export function idIndexOf({ options }: Pick<CollectionInfo, "options">): IndexInfo {
  const { clusteredIndex } = options;
  if (!isDocument(clusteredIndex)) return ID_INDEX;
  const spec = { ...clusteredIndex, clustered: true };
  return { ...ID_INDEX, name: String(clusteredIndex["name"]), spec };
}

/** True when the natural order of a collection is that of `_id`. */
export function isClustered({ options }: Pick<CollectionInfo, "options">): boolean {
  return isDocument(options["clusteredIndex"]);
}

/** `database.collection`. */
export function namespaceOf(collection: { readonly database: string; readonly name: string }): string {
  return `${collection.database}.${collection.name}`;
}
