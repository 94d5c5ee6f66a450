import type { BsonDocument } from "../bson/BsonDocument.ts";
import type { Access } from "../storage/access.ts";
import { ID_INDEX } from "../storage/collectionInfo.ts";

/** True where a filter asks for one `_id` and for nothing else: there is one document at most. */
export function isIdLookup(access: Access, filter: BsonDocument): boolean {
  return (
    access.by === "index" &&
    access.index === ID_INDEX &&
    access.ranges.length === 1 &&
    Object.keys(filter).join() === "_id" &&
    isPlain(filter["_id"])
  );
}

function isPlain(value: unknown): boolean {
  return typeof value !== "object" || value === null || "_bsontype" in value;
}
