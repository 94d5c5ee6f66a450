import { Int32 } from "bson";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { splitPath } from "../bson/paths.ts";

const NUMBER = /^\d+$/;

/**
 * The paths of an update in which a number is the name of a field, part by part: `a.0` alone does not tell whether `0`
 * is a field or a place in an array. `undefined` when there is none.
 */
export function disambiguatedPaths(
  description: BsonDocument,
  document: BsonDocument,
): BsonDocument | undefined {
  const { updatedFields } = description;
  const paths = isDocument(updatedFields) ? Object.keys(updatedFields) : [];
  const found = paths.flatMap((path) => {
    if (!/(^|\.)\d+(\.|$)/.test(path)) return [];
    const parts = partsOf(path, document);
    return parts.some((part) => typeof part === "string" && NUMBER.test(part))
      ? [[path, parts] as const]
      : [];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

function partsOf(path: string, document: BsonDocument): readonly unknown[] {
  let current: unknown = document;
  return splitPath(path).map((part) => {
    const isPlace = Array.isArray(current) && NUMBER.test(part);
    current = childOf(current, part);
    return isPlace ? new Int32(Number(part)) : part;
  });
}

function childOf(value: unknown, part: string): unknown {
  if (Array.isArray(value)) return value[Number(part)];
  return isDocument(value) ? value[part] : undefined;
}
