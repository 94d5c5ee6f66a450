import type { BsonDocument } from "../bson/BsonDocument.ts";
import type { Predicate } from "../query/queryOperators.ts";

/** One index of a collection. */
export interface IndexInfo {
  readonly id: number;
  readonly name: string;
  /** Paths in the order of the key. */
  readonly paths: readonly string[];
  readonly unique: boolean;
  readonly sparse: boolean;
  /** Only documents that match are in the index; `null` for all. */
  readonly partial: Predicate | null;
  /** Seconds after which the date at the first path expires a document; `null` for never. */
  readonly expireAfterSeconds: number | null;
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
  /** All but the index on `_id`, which every collection has. */
  readonly indexes: readonly IndexInfo[];
}

/** `database.collection`. */
export function namespaceOf(collection: { readonly database: string; readonly name: string }): string {
  return `${collection.database}.${collection.name}`;
}
