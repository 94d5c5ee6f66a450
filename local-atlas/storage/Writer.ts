import type { BsonDocument } from "../bson/BsonDocument.ts";
import type { CollectionInfo } from "./collectionInfo.ts";
import type { StoredDocument } from "./StoredDocument.ts";

/** A new version of a document: the tree and its bytes. */
export interface NewVersion {
  readonly document: BsonDocument;
  readonly bytes: Uint8Array;
}

/** A checked index as a client asked for it. */
export type IndexSpec = BsonDocument & { readonly name: string };

/** What a change stream says about a new version. */
export type UpdateKind =
  | { readonly operation: "replace" }
  | { readonly operation: "update"; readonly description: BsonDocument };

/** Takes the changes of a command: to the present, or to a transaction that nobody else sees yet. */
export interface Writer {
  /** Throws `DuplicateKey` when the `_id` or a unique index has it already. */
  insert(collection: CollectionInfo, version: NewVersion): void;
  update(collection: CollectionInfo, before: StoredDocument, version: NewVersion, kind: UpdateKind): void;
  remove(collection: CollectionInfo, before: StoredDocument): void;
  /** The collection of that name, made when there is none. */
  ensureCollection(database: string, name: string): CollectionInfo;
  /** Makes a collection that must not be there yet. */
  createCollection(database: string, name: string, options: BsonDocument): CollectionInfo;
  /** Makes a checked index that must not be there yet; throws `DuplicateKey` when documents are in its way. */
  createIndex(collection: CollectionInfo, spec: IndexSpec): void;
}
