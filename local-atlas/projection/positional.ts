import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { changeAt } from "../bson/changeAt.ts";
import { isNumeric, toNumber } from "../bson/numbers.ts";
import { splitPath } from "../bson/paths.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { Environment } from "../expressions/Environment.ts";
import { firstArray, matchedPosition } from "../query/matchedPosition.ts";
import type { Projector } from "./projectDocument.ts";

/**
 * Takes `list.$` out of a projection: the rest of it, in which the whole list is included, and what cuts the first array
 * on that path to the element that the filter found. `null` when there is none.
 */
export function splitPositional(
  projection: BsonDocument,
  filter: BsonDocument,
  environment: Environment,
): { readonly rest: BsonDocument; readonly narrow: Projector } | null {
  const positional = Object.keys(projection).filter((path) => splitPath(path).slice(1).includes("$"));
  const [path] = positional;
  if (path === undefined) return null;
  checkPositional(positional, path, projection[path]);
  const list = path.slice(0, -2);
  const position = matchedPosition(filter, environment);
  const rest = Object.entries(projection).map(([name, value]) => [name === path ? list : name, value]);
  return {
    rest: Object.fromEntries(rest),
    narrow: (document) => narrowed(document, splitPath(list), () => position(document)),
  };
}

function checkPositional(positional: readonly string[], path: string, value: unknown): void {
  if (positional.length > 1)
    throw new CommandError(31276, "Cannot specify more than one positional projection per query.");
  if (splitPath(path).indexOf("$") < splitPath(path).length - 1) {
    throw new CommandError(
      31394,
      "As of 4.4, it's illegal to specify positional operator in the middle of a path. Positional projection may only be used at the end, for example: a.b.$.",
    );
  }
  if (value === false || (isNumeric(value) && toNumber(value) === 0))
    throw new CommandError(31395, "positional projection cannot be used with exclusion");
  if (value === true || isNumeric(value)) return;
  throw new CommandError(31271, "positional projection cannot be used with a literal or an expression");
}

function narrowed(
  document: BsonDocument,
  parts: readonly string[],
  position: () => number | null,
): BsonDocument {
  const found = firstArray(document, parts);
  if (found === null) return document;
  const index = position();
  if (index === null) throw failure(51246, "couldn't find a matching element in the array");
  if (index >= found.items.length) throw failure(51247, "element mismatch");
  const next = changeAt(document, parts.slice(0, found.depth), false, () => [found.items[index]]);
  return isDocument(next) ? next : document;
}

function failure(code: number, what: string): CommandError {
  return new CommandError(
    code,
    `Executor error during find command :: caused by :: positional operator '.$' ${what}`,
  );
}
