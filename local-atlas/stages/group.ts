import type { Accumulator, StartAccumulator } from "../accumulators/Accumulator.ts";
import { ACCUMULATORS, REFUSED_ACCUMULATORS } from "../accumulators/accumulatorTable.ts";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { documentOf } from "../bson/orderedDocument.ts";
import { keyMaker } from "../bson/valueKeys.ts";
import { CommandError } from "../errors/CommandError.ts";
import { compileExpression } from "../expressions/compileExpression.ts";
import type { Environment } from "../expressions/Environment.ts";
import type { Expression, Scope } from "../expressions/Expression.ts";
import type { RunningStage, StageContext, StageTable } from "./Stage.ts";

/** Brings documents together that have something in common. */
export const GROUP: StageTable = {
  $group: group,
  $sortByCount: (argument, context) => {
    checkSortByCount(argument);
    return context.compilePipeline(
      [{ $group: { _id: argument, count: { $sum: 1 } } }, { $sort: { count: -1 } }],
      context,
    );
  },
};

function checkSortByCount(argument: unknown): void {
  if (isDocument(argument)) {
    if (Object.keys(argument)[0]?.startsWith("$")) return;
    throw new CommandError(
      40147,
      "the sortByCount field must be defined as a $-prefixed path or an expression inside an object",
    );
  }
  if (typeof argument !== "string") {
    throw new CommandError(40149, "the sortByCount field must be specified as a string or as an object");
  }
  if (!argument.startsWith("$")) {
    throw new CommandError(
      40148,
      "the sortByCount field must be defined as a $-prefixed path or an expression inside an object",
    );
  }
}

/** The outputs of a group, by their names. */
export type Outputs = readonly (readonly [string, StartAccumulator])[];

interface Group {
  readonly id: unknown;
  readonly accumulators: readonly (readonly [string, Accumulator])[];
}

function group(argument: unknown, { environment }: StageContext): RunningStage {
  if (!isDocument(argument)) throw new CommandError(15947, "a group's fields must be specified in an object");
  const { _id: id, ...fields } = argument;
  if (id === undefined) throw new CommandError(15955, "a group specification must include an _id");
  return groupBy(compileExpression(id, environment), parseOutputs(fields, environment), environment);
}

/** Groups by the value of an expression, the groups in the order of their first documents. */
export function groupBy(id: Expression, outputs: Outputs, environment: Environment): RunningStage {
  return function* grouped(input) {
    const keyOf = keyMaker(environment.strings);
    const groups = new Map<string, Group>();
    for (const root of input) {
      if (root !== null) addTo(groups, { root, bound: null }, id, outputs, keyOf);
      yield null;
    }
    for (const found of groups.values()) yield resultOf(found);
  };
}

function addTo(
  groups: Map<string, Group>,
  scope: Scope,
  expression: Expression,
  outputs: Outputs,
  keyOf: (value: unknown) => string,
): void {
  const id = expression.evaluate(scope) ?? null;
  const key = keyOf(id);
  let found = groups.get(key);
  if (found === undefined) {
    found = { id, accumulators: startAll(outputs, id) };
    groups.set(key, found);
  }
  for (const [, accumulator] of found.accumulators) accumulator.add(scope);
}

/** Starts the accumulators of a group; what they ask of it (`n`) reads its `_id`. */
export function startAll(outputs: Outputs, id: unknown): readonly (readonly [string, Accumulator])[] {
  const scope = { root: isDocument(id) ? id : {}, bound: null };
  return outputs.map(([name, start]) => [name, start(scope)]);
}

function resultOf({ id, accumulators }: Group): BsonDocument {
  return documentOf([
    ["_id", id],
    ...accumulators.map(([name, accumulator]) => [name, accumulator.result() ?? null] as const),
  ]);
}

/** Reads `{total: {$sum: "$price"}}`. */
export function parseOutputs(fields: BsonDocument, environment: Environment): Outputs {
  return Object.entries(fields).map(([name, value]) => {
    if (name.includes(".")) throw new CommandError(40235, `The field name '${name}' cannot contain '.'`);
    if (name.startsWith("$"))
      throw new CommandError(40236, `The field name '${name}' cannot be an operator name`);
    if (!isDocument(value))
      throw new CommandError(40234, `The field '${name}' must be an accumulator object`);
    const [entry, ...more] = Object.entries(value);
    if (entry === undefined || more.length > 0) {
      throw new CommandError(40238, `The field '${name}' must specify one accumulator`);
    }
    return [name, compileAccumulator(entry[0], entry[1], environment)];
  });
}

/** Compiles one accumulator by its name. */
function compileAccumulator(name: string, argument: unknown, environment: Environment): StartAccumulator {
  const operator = Object.hasOwn(ACCUMULATORS, name) ? ACCUMULATORS[name] : undefined;
  if (operator !== undefined) return operator(argument, environment, name);
  if (REFUSED_ACCUMULATORS.has(name))
    throw new CommandError("NotImplemented", `${name} is not supported by this server`);
  throw new CommandError(15952, `unknown group operator '${name}'`);
}
