import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { splitPath, valueAt } from "../bson/paths.ts";
import type { Environment } from "../expressions/Environment.ts";
import { compileFilter } from "./compileFilter.ts";

/** Finds the first element of an array that satisfies what the filter says about the array; `null` for none. */
export function matchedPosition(
  path: string,
  filter: BsonDocument,
  environment: Environment,
): (document: BsonDocument) => number | null {
  const parts = splitPath(path);
  const conditions = conditionsOn(path, filter);
  const test = conditions.length === 0 ? () => false : compileFilter({ $and: conditions }, environment);
  return (document) => {
    const array = valueAt(document, parts);
    if (!Array.isArray(array)) return null;
    const index = array.findIndex((item: unknown) => test(nest(parts, [item])));
    return index === -1 ? null : index;
  };
}

function conditionsOn(path: string, filter: BsonDocument): readonly BsonDocument[] {
  return Object.entries(filter).flatMap(([name, condition]) => {
    if (name === "$and" && Array.isArray(condition)) {
      return condition.filter(isDocument).flatMap((branch) => conditionsOn(path, branch));
    }
    return name === path || name.startsWith(`${path}.`) ? [{ [name]: condition }] : [];
  });
}

function nest(parts: readonly string[], value: unknown): BsonDocument {
  const [last = "", ...outer] = parts.toReversed();
  return outer.reduce<BsonDocument>((inner, part) => ({ [part]: inner }), { [last]: value });
}
