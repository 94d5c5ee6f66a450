import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { isNumeric, toNumber } from "../bson/numbers.ts";
import { fullCollation } from "../collation/compileCollation.ts";
import { CommandError } from "../errors/CommandError.ts";
import { compileFilter } from "../query/compileFilter.ts";
import { checkPartialFilter } from "./partialFilter.ts";
import { checkIndexOption, checkIndexOptions, isSet } from "./checkIndexOptions.ts";
import type { IndexField, IndexInfo } from "./collectionInfo.ts";

/** Checks an index as a client asks for it and gives it the fields that the server adds. */
export function checkIndexSpec(spec: BsonDocument): BsonDocument & { readonly name: string } {
  for (const option of Object.keys(spec)) checkIndexOption(option);
  const key = spec["key"];
  if (!isDocument(key) || Object.keys(key).length === 0) {
    throw new CommandError("CannotCreateIndex", "Index keys cannot be an empty object");
  }
  for (const [path, direction] of Object.entries(key)) checkIndexField(path, direction);
  checkIndexOptions(key, spec);
  const name = spec["name"] ?? defaultName(key);
  if (typeof name !== "string" || name === "" || name === "*") {
    throw new CommandError("CannotCreateIndex", "The index name must be a non-empty string and not '*'");
  }
  const { background: _background, ns: _namespace, ...kept } = spec;
  const { collation, partialFilterExpression: partial } = spec;
  if (isDocument(partial)) checkPartialFilter(partial);
  const full = isDocument(collation) ? { collation: fullCollation(collation) } : {};
  const checked = { ...kept, ...full, name, v: spec["v"] ?? 2 };
  toIndexInfo(0, checked, new Set());
  return checked;
}

/** Reads a checked index. */
export function toIndexInfo(id: number, spec: BsonDocument, multikey: ReadonlySet<number>): IndexInfo {
  const key = isDocument(spec["key"]) ? spec["key"] : {};
  const partial = spec["partialFilterExpression"];
  const seconds = spec["expireAfterSeconds"];
  const { collation } = spec;
  return {
    id,
    name: String(spec["name"]),
    fields: Object.entries(key).map(toField),
    unique: isSet(spec["unique"]),
    keepsApart: isSet(spec["unique"]) || isSet(spec["prepareUnique"]),
    sparse: isSet(spec["sparse"]),
    partial: isDocument(partial) ? compileFilter(partial) : null,
    expireAfterSeconds: isNumeric(seconds) ? toNumber(seconds) : null,
    multikey,
    collation: isDocument(collation) && collation["locale"] !== "simple" ? collation : null,
    isHidden: isSet(spec["hidden"]),
    spec,
  };
}

function toField([path, direction]: readonly [string, unknown]): IndexField {
  return {
    path,
    direction: isNumeric(direction) && toNumber(direction) < 0 ? -1 : 1,
    isHashed: direction === "hashed",
  };
}

/** `{week: 1, _id: -1}` makes `week_1__id_-1`. */
function defaultName(key: BsonDocument): string {
  return Object.entries(key)
    .map(([path, direction]) => `${path}_${isNumeric(direction) ? toNumber(direction) : String(direction)}`)
    .join("_");
}

function checkIndexField(path: string, direction: unknown): void {
  if (path === "" || path.startsWith("$") || path.includes("..") || path.includes("$**")) {
    throw new CommandError("CannotCreateIndex", `Index keys cannot hold the path '${path}'`);
  }
  if (isNumeric(direction) && toNumber(direction) !== 0 && !Number.isNaN(toNumber(direction))) return;
  if (direction === "hashed") return;
  throw new CommandError(
    "CannotCreateIndex",
    `Unknown index plugin '${String(direction)}': only 1, -1 and hashed`,
  );
}
