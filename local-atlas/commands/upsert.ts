import { ObjectId } from "bson";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { compareValues } from "../bson/compareValues.ts";
import { splitPath } from "../bson/paths.ts";
import { CommandError } from "../errors/CommandError.ts";
import { isOperatorDocument } from "../query/isOperatorDocument.ts";
import type { NewVersion } from "../storage/Writer.ts";
import { applyToNew, newVersion, type Update } from "../update/applyUpdate.ts";
import { changeAt } from "../bson/changeAt.ts";
import type { OperatorContext } from "../update/UpdateOperator.ts";
import type { PathContext } from "../update/expandPath.ts";
import { checkNewDocument } from "./insertCommand.ts";

/** The document that an upsert inserts: what the filter pins down, then the update, and an `_id` that comes first. */
export function documentForUpsert(update: Update, paths: PathContext, context: OperatorContext): NewVersion {
  const pinned = pinnedDocument(paths.filter, update);
  const made = applyToNew(pinned, update, paths, context);
  checkSameId(pinned["_id"], made["_id"]);
  const { _id: id = new ObjectId(), ...rest } = made;
  const version = newVersion({ _id: id, ...rest });
  checkNewDocument(version.document, version.bytes);
  return version;
}

function checkSameId(pinned: unknown, made: unknown): void {
  if (pinned === undefined || compareValues(pinned, made) === 0) return;
  throw new CommandError(
    "ImmutableField",
    "Performing an update on the path '_id' would modify the immutable field '_id'",
  );
}

function pinnedDocument(filter: BsonDocument, update: Update): BsonDocument {
  const fields = pinnedFields(filter);
  const used = update.kind === "replacement" ? fields.filter(([path]) => path === "_id") : fields;
  checkPinned(used.map(([path]) => path));
  return used.reduce<BsonDocument>((document, [path, value]) => {
    const next = changeAt(document, splitPath(path), true, () => value);
    return isDocument(next) ? next : document;
  }, {});
}

/** Throws where the filter says two things about one field. */
function checkPinned(paths: readonly string[]): void {
  for (const [at, path] of paths.entries()) {
    const other = paths.slice(0, at).find((before) => before === path || isWithin(before, path));
    if (other === undefined) continue;
    const what =
      other === path ? `path '${path}' is matched twice` : `both paths '${path}' and '${other}' are matched`;
    throw new CommandError("NotSingleValueField", `cannot infer query fields to set, ${what}`);
  }
}

function isWithin(left: string, right: string): boolean {
  return left.startsWith(`${right}.`) || right.startsWith(`${left}.`);
}

type PinnedField = readonly [path: string, value: unknown];

function pinnedFields(filter: BsonDocument): readonly PinnedField[] {
  return Object.entries(filter).flatMap(([path, condition]) => {
    const branches = Array.isArray(condition) ? condition.filter(isDocument) : [];
    if (path === "$and" || (path === "$or" && branches.length === 1)) return branches.flatMap(pinnedFields);
    return path.startsWith("$") ? [] : pinnedValues(condition).map((value) => [path, value] as const);
  });
}

/** The values that a condition leaves no choice about. */
function pinnedValues(condition: unknown): readonly unknown[] {
  if (!isOperatorDocument(condition)) return isPattern(condition) ? [] : [condition];
  return Object.entries(condition).flatMap(([operator, argument]) => {
    if (operator === "$eq") return [argument];
    if (!Array.isArray(argument) || (operator !== "$all" && operator !== "$in")) return [];
    if (operator === "$in" && argument.length !== 1) return [];
    return argument.filter((item) => !isPattern(item) && !isOperatorDocument(item));
  });
}

function isPattern(value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && "_bsontype" in value && value._bsontype === "BSONRegExp"
  );
}
