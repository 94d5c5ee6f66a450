import { encodeKey } from "../bson/encodeKey.ts";
import { LockedError } from "../transactions/WriteLocks.ts";
import { isNumeric, toNumber } from "../bson/numbers.ts";
import { afterPrefix, type KeyRange } from "./access.ts";
import { type CollectionInfo, idIndexOf, type IndexInfo } from "./collectionInfo.ts";
import { DirectWriter, type Guard } from "./DirectWriter.ts";
import { inverted } from "./indexKeys.ts";
import type { Store } from "./Store.ts";

/**
 * Deletes what an index with `expireAfterSeconds` says is over: of an array, its earliest date counts. What a transaction
 * holds is left for the next time.
 */
export function expireDocuments(store: Store, guard: Guard): void {
  for (const collection of store.catalog.list()) {
    for (const [index, seconds] of expiries(collection))
      expireByIndex(store, guard, collection, index, seconds);
  }
}

/** The indexes by which documents expire, and after how many seconds; a clustered collection has that of `_id`. */
function expiries(collection: CollectionInfo): readonly (readonly [IndexInfo, number])[] {
  const { expireAfterSeconds: own } = collection.options;
  const ofIndexes = collection.indexes.flatMap((index) =>
    index.expireAfterSeconds === null ? [] : [[index, index.expireAfterSeconds] as const],
  );
  return isNumeric(own) ? [[idIndexOf(collection), toNumber(own)], ...ofIndexes] : ofIndexes;
}

function expireByIndex(
  store: Store,
  guard: Guard,
  collection: CollectionInfo,
  index: IndexInfo,
  seconds: number,
): void {
  const range = datesUntil(index, new Date(store.now() - seconds * 1000));
  const found = [...store.documents.inRange(collection.id, index, range, 1)];
  const expired = new Map(found.map((stored) => [stored.record, stored]));
  const writer = new DirectWriter(store, () => ({ time: store.clock.next(), position: 0 }), guard);
  for (const stored of expired.values()) {
    try {
      store.change(() => writer.remove(collection, stored));
    } catch (error) {
      if (!(error instanceof LockedError)) throw error;
    }
  }
}

/** The first date that JavaScript has. */
const FIRST_DATE = new Date(-8.64e15);

/** The keys of all dates up to one, in the order of the index. */
function datesUntil(index: IndexInfo, last: Date): KeyRange {
  const [from, to] = [encodeKey(FIRST_DATE), encodeKey(last)];
  if (index.fields[0]?.direction !== -1) return { low: from, high: afterPrefix(to) };
  return { low: inverted(to), high: afterPrefix(inverted(from)) };
}
