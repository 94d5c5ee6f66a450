import { isDocument } from "./BsonDocument.ts";

/** Stands for "there is nothing at this path", which is not the same as `null`. */
export const MISSING = undefined;

const ARRAY_INDEX = /^(0|[1-9]\d*)$/;

/** Splits `a.b.0.c` into its parts. */
export function splitPath(path: string): readonly string[] {
  return path.split(".");
}

/** True for a part of a path that can name an element of an array. */
export function isArrayIndex(part: string): boolean {
  return ARRAY_INDEX.test(part);
}

/**
 * All values that a path names for a query: arrays on the way are looked through, both by position and by each of
 * their documents. A branch that ends early gives `MISSING`. An array at the end is given as a whole.
 */
export function valuesAt(value: unknown, parts: readonly string[], depth = 0): readonly unknown[] {
  const part = parts[depth];
  if (part === undefined) return [value];
  if (Array.isArray(value)) return valuesInArray(value, part, parts, depth);
  if (!isDocument(value) || !Object.hasOwn(value, part)) return [MISSING];
  return valuesAt(value[part], parts, depth + 1);
}

/** `valuesAt`, and for an array at the end its elements too: what `{a: 1}` is compared with. */
export function candidatesAt(value: unknown, parts: readonly string[]): readonly unknown[] {
  return valuesAt(value, parts).flatMap((found) => (Array.isArray(found) ? [found, ...found] : [found]));
}

/** The one value at a path of field names and positions; arrays are not looked through. */
export function valueAt(value: unknown, parts: readonly string[]): unknown {
  let current = value;
  for (const part of parts) {
    if (Array.isArray(current) && isArrayIndex(part)) current = current[Number(part)];
    else if (isDocument(current) && Object.hasOwn(current, part)) current = current[part];
    else return MISSING;
  }
  return current;
}

function valuesInArray(
  items: readonly unknown[],
  part: string,
  parts: readonly string[],
  depth: number,
): readonly unknown[] {
  const index = Number(part);
  const byPosition =
    isArrayIndex(part) && index < items.length ? valuesAt(items[index], parts, depth + 1) : [];
  return [...byPosition, ...items.filter(isDocument).flatMap((item) => valuesAt(item, parts, depth))];
}
