import type { IndexInfo } from "./collectionInfo.ts";

/** Keys from `low` (with it) to `high` (without it). */
export interface KeyRange {
  readonly low: Buffer;
  readonly high: Buffer;
}

/** The part of an index that a read goes through, in the order of its keys. */
export interface IndexAccess {
  readonly by: "index";
  readonly index: IndexInfo;
  /** Apart from each other, in the order of the keys. */
  readonly ranges: readonly KeyRange[];
  /** `-1` begins at the end. */
  readonly direction: 1 | -1;
}

/** How to reach the documents that a filter may match: a superset of them, each once. */
export type Access =
  | { readonly by: "scan"; readonly direction: 1 | -1 }
  | IndexAccess
  /** One after the other. */
  | { readonly by: "union"; readonly parts: readonly IndexAccess[] };

/** Counts what a read looked at. */
export interface ScanCounts {
  keys: number;
  documents: number;
}

/** Every document, in the order of insertion. */
export const FULL_SCAN: Access = { by: "scan", direction: 1 };

/** All keys of an index. */
export const EVERY_KEY: readonly KeyRange[] = [{ low: Buffer.alloc(0), high: Buffer.from([0xff]) }];

/** The first key after all keys that begin with a prefix. No key begins with 0xff, so there always is one. */
export function afterPrefix(prefix: Uint8Array): Buffer {
  const end = Buffer.from(prefix);
  for (let index = end.length - 1; index >= 0; index--) {
    const byte = end.readUInt8(index);
    if (byte === 0xff) continue;
    end.writeUInt8(byte + 1, index);
    return end.subarray(0, index + 1);
  }
  return Buffer.from([0xff]);
}

/** True when one of the ranges has the key. */
export function hasKey(ranges: readonly KeyRange[], key: Uint8Array): boolean {
  return ranges.some(({ low, high }) => Buffer.compare(low, key) <= 0 && Buffer.compare(key, high) < 0);
}
