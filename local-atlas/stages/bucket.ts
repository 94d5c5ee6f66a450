import { isDocument } from "../bson/BsonDocument.ts";
import { compareValues, typeOrder } from "../bson/compareValues.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import { compileExpression } from "../expressions/compileExpression.ts";
import type { Environment } from "../expressions/Environment.ts";
import { constantValue, type Expression } from "../expressions/Expression.ts";
import { groupBy, parseOutputs } from "./group.ts";
import type { RunningStage, StageContext, StageTable } from "./Stage.ts";

/** Groups by ranges of a value. */
export const BUCKET: StageTable = { $bucket: bucket };

const FIELDS = new Set(["groupBy", "boundaries", "default", "output"]);

interface Buckets {
  readonly boundaries: readonly unknown[];
  /** Where values outside of all ranges go; `undefined` for an error. */
  readonly otherwise: unknown;
}

function bucket(argument: unknown, context: StageContext): RunningStage {
  const { environment } = context;
  if (!isDocument(argument)) {
    throw new CommandError(
      40201,
      `Argument to $bucket stage must be an object, but found type: ${typeName(argument)}`,
    );
  }
  const unknown = Object.keys(argument).find((name) => !FIELDS.has(name));
  if (unknown !== undefined) throw new CommandError(40197, `Unrecognized option to $bucket: ${unknown}.`);
  const output = outputOf(argument["output"], 40196);
  const value = groupExpression(argument["groupBy"], 40202, environment);
  if (value === null || argument["boundaries"] === undefined) {
    throw new CommandError(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  }
  const buckets = parseBuckets(argument["boundaries"], argument["default"], environment);
  const group = groupBy(
    boundaryOf(value, buckets, environment),
    parseOutputs(output, environment),
    environment,
  );
  const sort = context.compilePipeline([{ $sort: { _id: 1 } }], context);
  return (input) => sort(group(input));
}

/** The outputs of a bucket: a count where none are given. */
export function outputOf(output: unknown, code: number): Record<string, unknown> {
  if (output === undefined) return { count: { $sum: 1 } };
  if (isDocument(output)) return output;
  throw new CommandError(code, `The 'output' field must be an object, but found type: ${typeName(output)}`);
}

/** What is grouped by: a path or an operator; `null` when nothing is given. */
export function groupExpression(value: unknown, code: number, environment: Environment): Expression | null {
  if (value === undefined) return null;
  const isPath = typeof value === "string" && value.startsWith("$");
  if (!isPath && !isDocument(value)) {
    throw new CommandError(
      code,
      "The 'groupBy' field must be defined as a $-prefixed path or an expression object",
    );
  }
  return compileExpression(value, environment);
}

function parseBuckets(boundaries: unknown, otherwise: unknown, environment: Environment): Buckets {
  if (!Array.isArray(boundaries)) {
    throw new CommandError(
      40200,
      `The $bucket 'boundaries' field must be an array, but found type: ${typeName(boundaries)}`,
    );
  }
  const values = boundaries.map((boundary: unknown) => constantOf(boundary, 40191, environment));
  if (values.length < 2)
    throw new CommandError(40192, `The $bucket 'boundaries' field must have at least 2 values`);
  for (const [index, value] of values.slice(1).entries()) checkOrder(values[index], value, environment);
  const other = otherwise === undefined ? undefined : constantOf(otherwise, 40195, environment);
  checkDefault(other, values, environment);
  return { boundaries: values, otherwise: other };
}

function constantOf(value: unknown, code: number, environment: Environment): unknown {
  const expression = compileExpression(value, environment);
  if (expression.isConstant) return constantValue(expression);
  throw new CommandError(code, "the boundaries and the default of $bucket must be constant");
}

function checkOrder(lower: unknown, upper: unknown, { strings }: Environment): void {
  if (typeOrder(lower) !== typeOrder(upper)) {
    throw new CommandError(40193, "All values in the 'boundaries' option to $bucket must have the same type");
  }
  if (compareValues(lower, upper, strings) >= 0) {
    throw new CommandError(
      40194,
      "The 'boundaries' option to $bucket must be sorted, but elements are not in ascending order",
    );
  }
}

function checkDefault(otherwise: unknown, boundaries: readonly unknown[], { strings }: Environment): void {
  const isInside =
    otherwise !== undefined &&
    compareValues(otherwise, boundaries[0], strings) >= 0 &&
    compareValues(otherwise, boundaries.at(-1), strings) < 0;
  if (isInside) {
    throw new CommandError(
      40199,
      "The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary.",
    );
  }
}

function boundaryOf(
  value: Expression,
  { boundaries, otherwise }: Buckets,
  { strings }: Environment,
): Expression {
  return {
    isConstant: false,
    evaluate: (scope) => {
      const found = value.evaluate(scope);
      const above = boundaries.findIndex((boundary) => compareValues(found, boundary, strings) < 0);
      if (above > 0) return boundaries[above - 1];
      if (otherwise !== undefined) return otherwise;
      throw new CommandError(
        40066,
        "$switch could not find a matching branch for an input, and no default was specified.",
      );
    },
  };
}
