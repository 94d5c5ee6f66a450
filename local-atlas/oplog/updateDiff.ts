import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { isArrayIndex, splitPath } from "../bson/paths.ts";
import type { OplogEntry } from "./OplogEntry.ts";

/** A part of the tree that a diff is: `u` sets, `d` removes, `s…` goes further down, `a` marks an array. */
type Diff = { [name: string]: unknown };

/** The `diff` by which the server's oplog tells an update, of the description that change streams tell. */
export function updateDiff({ description = {}, disambiguated = {} }: OplogEntry): BsonDocument {
  const diff: Diff = {};
  const { updatedFields, removedFields, truncatedArrays } = description;
  for (const [path, value] of Object.entries(isDocument(updatedFields) ? updatedFields : {})) {
    set(reach(diff, path, disambiguated), lastOf(path), value, isPlace(path, disambiguated));
  }
  for (const path of Array.isArray(removedFields) ? removedFields.map(String) : []) {
    const parent = reach(diff, path, disambiguated);
    parent["d"] = { ...(isDocument(parent["d"]) ? parent["d"] : {}), [lastOf(path)]: false };
  }
  for (const cut of Array.isArray(truncatedArrays) ? truncatedArrays.filter(isDocument) : []) {
    const array = inner(reach(diff, String(cut["field"]), disambiguated), lastOf(String(cut["field"])));
    array["a"] = true;
    array["l"] = cut["newSize"];
  }
  return diff;
}

function set(parent: Diff, name: string, value: unknown, isElement: boolean): void {
  if (isElement) {
    parent["a"] = true;
    parent[`u${name}`] = value;
    return;
  }
  parent["u"] = { ...(isDocument(parent["u"]) ? parent["u"] : {}), [name]: value };
}

/** The part of the tree that the last part of a path belongs to. */
function reach(diff: Diff, path: string, disambiguated: BsonDocument): Diff {
  const parts = splitPath(path).slice(0, -1);
  return parts.reduce((parent, part, at) => {
    if (at > 0 && isPlace(parts.slice(0, at + 1).join("."), disambiguated)) parent["a"] = true;
    return inner(parent, part);
  }, diff);
}

function inner(parent: Diff, name: string): Diff {
  const known = parent[`s${name}`];
  const found: Diff = isDocument(known) ? known : {};
  parent[`s${name}`] = found;
  return found;
}

/** A number is a place in an array, unless the description says that it is a field. */
function isPlace(path: string, disambiguated: BsonDocument): boolean {
  const parts = splitPath(path);
  return parts.length > 1 && isArrayIndex(parts.at(-1) ?? "") && !Object.hasOwn(disambiguated, path);
}

function lastOf(path: string): string {
  return splitPath(path).at(-1) ?? path;
}
