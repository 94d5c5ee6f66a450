import type { BsonDocument } from "../bson/BsonDocument.ts";
import type { StringOrder } from "../bson/compareStrings.ts";
import { compareValues } from "../bson/compareValues.ts";
import { encodeKey } from "../bson/encodeKey.ts";
import { compileCollation } from "../collation/compileCollation.ts";
import { hasSureKey, OTHER_TEXTS } from "../collation/textKeys.ts";
import { afterPrefix, EVERY_KEY, type KeyRange } from "./access.ts";
import type { IndexInfo } from "./collectionInfo.ts";
import { columnKeys, indexEntries, type IndexKey, inverted } from "./indexKeys.ts";

/** Where in an index the entries lie that may be equal to a key: under a collation, not only at the key itself. */
export function rivalRanges(index: IndexInfo, key: IndexKey): readonly KeyRange[] {
  const { collation } = index;
  const itself = { low: key.bytes, high: afterPrefix(key.bytes) };
  if (collation === null) return [itself];
  const texts = key.values.filter((value) => typeof value === "string");
  if (!texts.every((text) => hasSureKey(text, collation))) return EVERY_KEY;
  return [itself, ...otherTexts(index, key, collation)];
}

/** For each text of a key: the entries that have another text in its place, whose key is not sure. */
function otherTexts(index: IndexInfo, { values }: IndexKey, collation: BsonDocument): readonly KeyRange[] {
  const columns = columnKeys(index.fields, values, collation);
  return values.flatMap((value, at) => {
    if (typeof value !== "string") return [];
    const others = encodeKey(OTHER_TEXTS).subarray(0, -1);
    const own = index.fields[at]?.direction === -1 ? inverted(others) : others;
    const low = Buffer.concat([...columns.slice(0, at), own]);
    return [{ low, high: afterPrefix(low) }];
  });
}

/** True when a document has a key that is equal to one, so that both cannot be in a unique index. */
export function hasEqualKey(index: IndexInfo, key: IndexKey, other: BsonDocument): boolean {
  const { collation } = index;
  const keys = indexEntries(index, other).keys;
  if (collation === null) return keys.some(({ bytes }) => bytes.equals(key.bytes));
  const strings = compileCollation(collation);
  return keys.some(({ values }) => values.every((value, at) => isEqual(value, key.values[at], strings)));
}

/** An empty array has no value, and is not equal to null. */
function isEqual(left: unknown, right: unknown, strings: StringOrder): boolean {
  if (left === undefined || right === undefined) return left === right;
  return compareValues(left, right, strings) === 0;
}
