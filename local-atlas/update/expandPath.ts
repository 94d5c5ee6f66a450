import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { splitPath, valueAt } from "../bson/paths.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { Environment } from "../expressions/Environment.ts";
import { compileFilter } from "../query/compileFilter.ts";
import { matchedPosition } from "../query/matchedPosition.ts";
import type { Predicate } from "../query/Predicate.ts";

/** What the `$`, `$[]` and `$[name]` of a path are resolved with. */
export interface PathContext {
  /** The filter that found the document: it says which element `$` is. */
  readonly filter: BsonDocument;
  readonly arrayFilters: ReadonlyMap<string, Predicate>;
  /** What the filter was compiled with. */
  readonly environment: Environment;
}

const NAMED = /^\$\[([a-z][a-zA-Z0-9]*)?\]$/;

/** The concrete paths that a path of an update stands for in a document: none where an array filter matches none. */
export function expandPath(
  document: BsonDocument,
  path: string,
  context: PathContext,
): readonly (readonly string[])[] {
  let paths: readonly (readonly string[])[] = [[]];
  for (const part of splitPath(path)) {
    paths = paths.flatMap((parts) =>
      elementsFor(document, parts, part, context).map((step) => [...parts, step]),
    );
  }
  return paths;
}

/** Compiles array filters by their names; throws when one names no element or two, or is not used by the update. */
export function compileArrayFilters(
  filters: readonly BsonDocument[],
  usedPaths: readonly string[],
  environment: Environment,
): ReadonlyMap<string, Predicate> {
  const used = new Set(usedPaths.flatMap(namesInPath));
  const compiled = new Map<string, Predicate>();
  for (const filter of filters) {
    const name = nameOf(filter);
    if (compiled.has(name)) {
      throw new CommandError(
        "FailedToParse",
        `Found multiple array filters with the same top-level field name ${name}`,
      );
    }
    if (!used.has(name)) {
      throw new CommandError(
        "FailedToParse",
        `The array filter for identifier '${name}' was not used in the update`,
      );
    }
    compiled.set(name, compileFilter(filter, environment));
  }
  return compiled;
}

function nameOf(filter: BsonDocument): string {
  const [name, ...others] = new Set(filterNames(filter));
  if (name !== undefined && others.length === 0) return checkedIdentifier(name);
  throw new CommandError("FailedToParse", "Error parsing array filter: it must be about exactly one element");
}

function checkedIdentifier(name: string): string {
  if (/^[a-z][a-zA-Z0-9]*$/.test(name)) return name;
  throw new CommandError(
    "BadValue",
    `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
  );
}

function namesInPath(path: string): readonly string[] {
  return splitPath(path).flatMap((part) => NAMED.exec(part)?.[1] ?? []);
}

function filterNames(filter: BsonDocument): readonly string[] {
  return Object.entries(filter).flatMap(([path, condition]) => {
    if (!path.startsWith("$")) return [splitPath(path)[0] ?? ""];
    return Array.isArray(condition) ? condition.filter(isDocument).flatMap(filterNames) : [];
  });
}

function elementsFor(
  document: BsonDocument,
  parts: readonly string[],
  part: string,
  context: PathContext,
): readonly string[] {
  if (part === "") throw new CommandError("BadValue", "an update path holds an empty field name");
  if (!part.startsWith("$")) return [part];
  const array = valueAt(document, parts);
  if (part === "$") return [String(matchedIndex(document, context))];
  const named = NAMED.exec(part);
  if (named === null) {
    throw new CommandError(
      "DollarPrefixedFieldName",
      `The dollar ($) prefixed field '${part}' in '${[...parts, part].join(".")}' is not valid for storage.`,
    );
  }
  if (!Array.isArray(array)) {
    throw new CommandError(
      "BadValue",
      `The path '${parts.join(".")}' must exist in the document in order to apply array updates.`,
    );
  }
  const [, name] = named;
  const filter = name === undefined ? () => true : context.arrayFilters.get(name);
  if (filter === undefined)
    throw new CommandError("BadValue", `No array filter found for identifier '${name}'`);
  return array.flatMap((item: unknown, index) => (filter({ [name ?? ""]: item }) ? [String(index)] : []));
}

/** The element by which the filter found the document. */
function matchedIndex(document: BsonDocument, { filter, environment }: PathContext): number {
  const index = matchedPosition(filter, environment)(document);
  if (index !== null) return index;
  throw new CommandError("BadValue", "The positional operator did not find the match needed from the query.");
}
