import type { CollectionInfo, IndexInfo } from "../storage/collectionInfo.ts";

/** Names what a transaction has written to: a document, or a key of a unique index. */
export type LockName = string;

/** The lock of one document. */
export function lockOfDocument(collection: CollectionInfo, key: Uint8Array): LockName {
  return `document ${collection.id} ${Buffer.from(key).toString("latin1")}`;
}

/** The lock of one key of a unique index, whether a document has it or not. */
export function lockOfIndexKey(index: IndexInfo, key: Uint8Array): LockName {
  return `index ${index.id} ${Buffer.from(key).toString("latin1")}`;
}

/** The lock of a name that a transaction makes a collection of. */
export function lockOfCollection(database: string, name: string): LockName {
  return `collection ${database}.${name}`;
}

/** A write has to wait for a transaction that has written to the same thing. Never reaches a client. */
export class LockedError extends Error {
  /** Resolves when that transaction has ended. */
  readonly released: Promise<void>;

  constructor(released: Promise<void>) {
    super("written to by a transaction that is still open");
    this.name = "LockedError";
    this.released = released;
  }
}

/** Who has written to what, until the transaction ends. */
export class WriteLocks {
  readonly #owners = new Map<LockName, object>();
  readonly #ends = new Map<object, { readonly promise: Promise<void>; readonly resolve: () => void }>();

  /** Throws `LockedError` when an open transaction holds the lock. */
  readonly check = (name: LockName): void => {
    const owner = this.#owners.get(name);
    if (owner !== undefined) throw new LockedError(this.#endOf(owner).promise);
  };

  /** Takes a lock; false when another transaction has it. */
  take(name: LockName, owner: object): boolean {
    const holder = this.#owners.get(name);
    if (holder !== undefined) return holder === owner;
    this.#owners.set(name, owner);
    return true;
  }

  /** Gives back every lock of a transaction and wakes those who wait for it. */
  release(owner: object): void {
    for (const [name, holder] of this.#owners) {
      if (holder === owner) this.#owners.delete(name);
    }
    this.#ends.get(owner)?.resolve();
    this.#ends.delete(owner);
  }

  #endOf(owner: object): { readonly promise: Promise<void>; readonly resolve: () => void } {
    const known = this.#ends.get(owner);
    if (known !== undefined) return known;
    const end = Promise.withResolvers<void>();
    this.#ends.set(owner, end);
    return end;
  }
}
