import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import type { IndexInfo } from "./collectionInfo.ts";

/** True when an index has the key of a specification: the same paths in their order, with their directions. */
export function hasSameKey(index: IndexInfo, spec: BsonDocument): boolean {
  const [left, right] = [index.spec["key"], spec["key"]];
  if (!isDocument(left) || !isDocument(right)) return false;
  const [a, b] = [Object.entries(left), Object.entries(right)];
  return (
    a.length === b.length &&
    a.every(([path, value], at) => b[at]?.[0] === path && String(value) === String(b[at][1]))
  );
}
