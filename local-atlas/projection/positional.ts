import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { splitPath, valueAt } from "../bson/paths.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { Environment } from "../expressions/Environment.ts";
import { matchedPosition } from "../query/matchedPosition.ts";
import { changeAt } from "../bson/changeAt.ts";
import type { Projector } from "./projectDocument.ts";

/**
 * Takes `list.$` out of a projection: the rest of it, in which the whole list is included, and what cuts the list to
 * the element that the filter found. `null` when there is none.
 */
export function splitPositional(
  projection: BsonDocument,
  filter: BsonDocument,
  environment: Environment,
): { readonly rest: BsonDocument; readonly narrow: Projector } | null {
  const positional = Object.keys(projection).filter((path) => path.endsWith(".$"));
  const [path] = positional;
  if (path === undefined) return null;
  if (positional.length > 1) {
    throw new CommandError(31276, "Cannot specify more than one positional projection per query.");
  }
  const list = path.slice(0, -2);
  const position = matchedPosition(list, filter, environment);
  const rest = Object.entries(projection).map(([name, value]) => [name === path ? list : name, value]);
  return {
    rest: Object.fromEntries(rest),
    narrow: (document) => narrowed(document, splitPath(list), position(document)),
  };
}

function narrowed(document: BsonDocument, parts: readonly string[], index: number | null): BsonDocument {
  if (!Array.isArray(valueAt(document, parts))) return document;
  if (index === null) {
    throw new CommandError(
      51246,
      "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
    );
  }
  const next = changeAt(document, parts, false, (value) => (Array.isArray(value) ? [value[index]] : value));
  return isDocument(next) ? next : document;
}
