import { REFUSED_ACCUMULATORS, ACCUMULATORS } from "../accumulators/accumulatorTable.ts";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { Environment } from "../expressions/Environment.ts";
import { NO_DOCUMENT } from "../expressions/Expression.ts";
import { parseWindow } from "./parseWindow.ts";
import type { WindowFunction } from "./WindowFunction.ts";
import { WINDOW_OPERATORS } from "./windowOperators.ts";

/** Compiles one output of `$setWindowFields`: an accumulator over a window, or a function of the whole partition. */
export function compileWindowFunction(
  path: string,
  spec: unknown,
  sortBy: BsonDocument | null,
  environment: Environment,
): WindowFunction {
  if (!isDocument(spec)) throw new CommandError("FailedToParse", `The field '${path}' must be an object`);
  const { window, ...others } = spec;
  const [entry, ...more] = Object.entries(others);
  if (entry === undefined || more.length > 0) {
    throw new CommandError("FailedToParse", "Expected a $-prefixed window function and at most a 'window'");
  }
  const [name, argument] = entry;
  const operator = Object.hasOwn(WINDOW_OPERATORS, name) ? WINDOW_OPERATORS[name] : undefined;
  if (operator !== undefined) return operator(argument, { name, window, sortBy, environment });
  return accumulatorWindow(name, argument, window, sortBy, environment);
}

function accumulatorWindow(
  name: string,
  argument: unknown,
  window: unknown,
  sortBy: BsonDocument | null,
  environment: Environment,
): WindowFunction {
  const operator =
    Object.hasOwn(ACCUMULATORS, name) && name !== "$mergeObjects" ? ACCUMULATORS[name] : undefined;
  if (operator === undefined) {
    throw REFUSED_ACCUMULATORS.has(name)
      ? new CommandError("NotImplemented", `${name} is not supported by this server`)
      : new CommandError("FailedToParse", `Unrecognized window function, ${name}`);
  }
  const start = operator(argument, environment, name);
  const boundsAt = parseWindow(window, sortBy);
  return (partition) =>
    partition.map((_document, index) => {
      const accumulator = start(NO_DOCUMENT);
      for (const root of partition.slice(...boundsAt(partition, index)))
        accumulator.add({ root, bound: null });
      return accumulator.result() ?? null;
    });
}
