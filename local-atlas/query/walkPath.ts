import { isDocument } from "../bson/BsonDocument.ts";
import { isArrayIndex, splitPath } from "../bson/paths.ts";
import type { Predicate, ValueTest } from "./Predicate.ts";

/** True for a document in which a value at a path passes; an array at the end passes by itself or by an element. */
export function anyAt(path: string, test: ValueTest): Predicate {
  return anyWholeAt(path, (value) => test(value) || (Array.isArray(value) && value.some(test)));
}

/** `anyAt`, but an array at the end counts as a whole only. */
export function anyWholeAt(path: string, test: ValueTest): Predicate {
  const parts = splitPath(path);
  const [only = ""] = parts;
  if (parts.length === 1)
    return (document) => test(Object.hasOwn(document, only) ? document[only] : undefined);
  return (document) => walk(document, parts, 0, test);
}

/** Arrays on the way are looked through, both by position and by each of their documents. */
function walk(value: unknown, parts: readonly string[], depth: number, test: ValueTest): boolean {
  const part = parts[depth];
  if (part === undefined) return test(value);
  if (Array.isArray(value)) return walkArray(value, part, parts, depth, test);
  if (!isDocument(value) || !Object.hasOwn(value, part)) return test(undefined);
  return walk(value[part], parts, depth + 1, test);
}

function walkArray(
  items: readonly unknown[],
  part: string,
  parts: readonly string[],
  depth: number,
  test: ValueTest,
): boolean {
  const index = Number(part);
  if (isArrayIndex(part) && index < items.length && walk(items[index], parts, depth + 1, test)) return true;
  return items.some((item) => isDocument(item) && walk(item, parts, depth, test));
}
