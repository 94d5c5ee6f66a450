import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { toInteger } from "../bson/numbers.ts";
import { splitPath } from "../bson/paths.ts";
import { CommandError } from "../errors/CommandError.ts";
import { changeAt } from "../bson/changeAt.ts";
import type { Projector } from "./projectDocument.ts";

interface Slice {
  readonly path: string;
  readonly parts: readonly string[];
  readonly skip: number | null;
  readonly size: number;
}

/**
 * Takes the `$slice` of arrays out of a projection: the rest of it (in which a sliced field is included, where fields
 * are included at all), and what cuts the arrays afterwards. `null` when there is none.
 */
export function splitSlices(
  projection: BsonDocument,
): { readonly rest: BsonDocument; readonly cut: Projector } | null {
  const slices = Object.entries(projection).flatMap(([path, value]) => sliceOf(path, value) ?? []);
  if (slices.length === 0) return null;
  const others = Object.entries(projection).filter(([path]) => !slices.some((slice) => slice.path === path));
  const includes = others.some(
    ([path, value]) => path !== "_id" && value !== false && toInteger(value) !== 0,
  );
  const kept = includes ? slices.map(({ path }) => [path, true] as const) : [];
  return {
    rest: Object.fromEntries([...others, ...kept]),
    cut: (document) => slices.reduce(cutArray, document),
  };
}

function cutArray(document: BsonDocument, { parts, skip, size }: Slice): BsonDocument {
  const next = changeAt(document, parts, false, (value) => {
    if (!Array.isArray(value)) return value;
    if (skip === null) return size < 0 ? value.slice(size) : value.slice(0, size);
    const from = skip < 0 ? Math.max(0, value.length + skip) : skip;
    return value.slice(from, from + size);
  });
  return isDocument(next) ? next : document;
}

function sliceOf(path: string, value: unknown): Slice | null {
  if (!isDocument(value) || !Object.hasOwn(value, "$slice")) return null;
  const argument = value["$slice"];
  const numbers: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
  const [first, second] = numbers.map(toInteger);
  // `{$slice: ["$field", 2]}` is an expression, not a cut.
  if (typeof numbers[0] === "string") return null;
  if (first === null || first === undefined || second === null || (second !== undefined && second <= 0)) {
    throw new CommandError(
      "BadValue",
      `$slice of '${path}' needs a number, or [skip, limit] with a positive limit`,
    );
  }
  const [skip, size] = second === undefined ? [null, first] : [first, second];
  return { path, parts: splitPath(path), skip, size };
}
