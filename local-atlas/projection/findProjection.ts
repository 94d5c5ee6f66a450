import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { withField } from "../bson/orderedDocument.ts";
import { toInteger } from "../bson/numbers.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { Environment } from "../expressions/Environment.ts";
import { compileFilter } from "../query/compileFilter.ts";
import { splitPositional } from "./positional.ts";
import { parseProjection } from "./parseProjection.ts";
import { type Projector, projector } from "./projectDocument.ts";
import { splitSlices } from "./sliceProjection.ts";

/** Compiles the projection of a `find`, which also knows `$slice`, `$elemMatch` and `list.$`. */
export function compileProjection(
  projection: BsonDocument,
  filter: BsonDocument,
  environment: Environment,
): Projector {
  const sliced = splitSlices(projection);
  if (sliced !== null) {
    const rest = compileProjection(sliced.rest, filter, environment);
    return (document) => sliced.cut(rest(document));
  }
  const positional = splitPositional(projection, filter, environment);
  if (positional !== null) {
    const rest = compileProjection(positional.rest, filter, environment);
    return (document) => rest(positional.narrow(document));
  }
  return withElements(projection, environment);
}

/** `$elemMatch`: an array with the first of its elements that matches. */
function withElements(projection: BsonDocument, environment: Environment): Projector {
  const entries = Object.entries(projection);
  const finders = entries.flatMap(([name, value]) =>
    isDocument(value) && Object.hasOwn(value, "$elemMatch")
      ? [[name, elementFinder(name, value, environment)] as const]
      : [],
  );
  const others = entries.filter(([name]) => !finders.some(([found]) => found === name));
  const rest = projectorOf(others, finders.length > 0, environment);
  return (document) =>
    finders.reduce((result, [name, find]) => withField(result, name, find(document)), rest(document));
}

/** Beside an `$elemMatch`, nothing but `_id` is kept of what is not named. */
function projectorOf(
  others: readonly (readonly [string, unknown])[],
  hasFinders: boolean,
  environment: Environment,
): Projector {
  if (!hasFinders && others.length === 0) return (document) => document;
  if (!hasFinders || others.some(([name]) => name !== "_id")) {
    return projector(parseProjection(Object.fromEntries(others), environment));
  }
  const isHidden = others.some(([, value]) => value === false || toInteger(value) === 0);
  return isHidden ? () => ({}) : projector(parseProjection({ _id: true }, environment));
}

function elementFinder(
  name: string,
  value: BsonDocument,
  environment: Environment,
): (document: BsonDocument) => unknown {
  const condition = value["$elemMatch"];
  if (!isDocument(condition)) {
    throw new CommandError(
      31274,
      `elemMatch: Invalid argument, object required, but got ${typeName(condition)}`,
    );
  }
  if (name.includes("."))
    throw new CommandError(31275, "Cannot use $elemMatch projection on a nested field.");
  const test = compileFilter({ list: { $elemMatch: condition } }, environment);
  return (document) => {
    const items = Object.hasOwn(document, name) ? document[name] : undefined;
    if (!Array.isArray(items)) return undefined;
    const found = items.findIndex((item: unknown) => test({ list: [item] }));
    return found === -1 ? undefined : [items[found]];
  };
}
