import { ObjectId } from "bson";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { splitPath } from "../bson/paths.ts";
import { isOperatorDocument } from "../query/isOperatorDocument.ts";
import type { NewVersion } from "../storage/Writer.ts";
import { applyToNew, newVersion, type Update } from "../update/applyUpdate.ts";
import { changeAt } from "../bson/changeAt.ts";
import type { OperatorContext } from "../update/UpdateOperator.ts";
import type { PathContext } from "../update/expandPath.ts";
import { checkNewDocument } from "./insertCommand.ts";

/** The document that an upsert inserts: what the filter pins down, then the update, and an `_id` that comes first. */
export function documentForUpsert(update: Update, paths: PathContext, context: OperatorContext): NewVersion {
  const made = applyToNew(pinnedDocument(paths.filter), update, paths, context);
  const { _id: id = new ObjectId(), ...rest } = made;
  const version = newVersion({ _id: id, ...rest });
  checkNewDocument(version.document, version.bytes);
  return version;
}

function pinnedDocument(filter: BsonDocument): BsonDocument {
  return pinnedFields(filter).reduce<BsonDocument>((document, [path, value]) => {
    const next = changeAt(document, splitPath(path), true, () => value);
    return isDocument(next) ? next : document;
  }, {});
}

function pinnedFields(filter: BsonDocument): readonly (readonly [string, unknown])[] {
  return Object.entries(filter).flatMap(([path, condition]) => {
    if (path === "$and" && Array.isArray(condition))
      return condition.filter(isDocument).flatMap(pinnedFields);
    if (path.startsWith("$")) return [];
    if (!isOperatorDocument(condition)) return isPattern(condition) ? [] : [[path, condition] as const];
    return Object.hasOwn(condition, "$eq") ? [[path, condition["$eq"]] as const] : [];
  });
}

function isPattern(value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && "_bsontype" in value && value._bsontype === "BSONRegExp"
  );
}
