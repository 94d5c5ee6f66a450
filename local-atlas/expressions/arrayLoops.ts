import { toInt32, toNumber, isNumeric } from "../bson/numbers.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import { arrayOr } from "./arrays.ts";
import { bind, type Expression, type Scope } from "./Expression.ts";
import { checkNewVariable } from "./fieldPath.ts";
import { fieldsOf } from "./namedArguments.ts";
import type { CompileContext, OperatorTable } from "./Operator.ts";
import { isNullish, isTruthy } from "../bson/values.ts";

/** Operators that evaluate an expression once for each element. */
export const ARRAY_LOOPS: OperatorTable = { $map: map, $filter: filter, $reduce: reduce };

const MAP = {
  notAnObject: 16878,
  unknown: 16879,
  required: { input: 16880, in: 16882 },
  optional: ["as"],
} as const;

const FILTER = {
  notAnObject: 28646,
  unknown: 28647,
  required: { input: 28648, cond: 28650 },
  optional: ["as", "limit"],
} as const;

const REDUCE = {
  notAnObject: 40075,
  unknown: 40076,
  required: { input: 40077, initialValue: 40078, in: 40079 },
  optional: [],
} as const;

function map(argument: unknown, context: CompileContext, name: string): Expression {
  const fields = fieldsOf(argument, name, MAP);
  const input = context.compile(fields.input, context);
  const variable = variableName(fields.as);
  const each = context.compile(fields.in, withBound(context, variable));
  return overArray(input, { code: 16883, name }, (items, scope) =>
    items.map((item) => each.evaluate(bind(scope, variable, item)) ?? null),
  );
}

function filter(argument: unknown, context: CompileContext, name: string): Expression {
  const fields = fieldsOf(argument, name, FILTER);
  const input = context.compile(fields.input, context);
  const variable = variableName(fields.as);
  const condition = context.compile(fields.cond, withBound(context, variable));
  const limit = Object.hasOwn(fields, "limit") ? context.compile(fields.limit, context) : null;
  return overArray(input, { code: 28651, name }, (items, scope) => {
    const most = limit === null ? Infinity : limitOf(limit.evaluate(scope));
    const kept: unknown[] = [];
    for (const item of items) {
      if (kept.length >= most) break;
      if (isTruthy(condition.evaluate(bind(scope, variable, item)))) kept.push(item);
    }
    return kept;
  });
}

function limitOf(value: unknown): number {
  if (isNullish(value)) return Infinity;
  const limit = toInt32(value);
  if (limit === null) {
    const shown = isNumeric(value) ? toNumber(value) : typeName(value);
    throw new CommandError(327391, `$filter: limit must be represented as a 32-bit integral value: ${shown}`);
  }
  if (limit < 1) throw new CommandError(327392, `$filter: limit must be greater than 0: ${limit}`);
  return limit;
}

function reduce(argument: unknown, context: CompileContext, name: string): Expression {
  const fields = fieldsOf(argument, name, REDUCE);
  const input = context.compile(fields.input, context);
  const initial = context.compile(fields.initialValue, context);
  const step = context.compile(fields.in, withBound(withBound(context, "this"), "value"));
  return overArray(input, { code: 40080, name }, (items, scope) =>
    items.reduce<unknown>(
      (value, item) => step.evaluate(bind(bind(scope, "this", item), "value", value)),
      initial.evaluate(scope),
    ),
  );
}

/** Null for null; throws for what is no array. */
function overArray(
  input: Expression,
  { code, name }: { readonly code: number; readonly name: string },
  calculate: (items: readonly unknown[], scope: Scope) => unknown,
): Expression {
  return {
    isConstant: false,
    evaluate: (scope) => {
      const array = input.evaluate(scope);
      if (isNullish(array)) return null;
      return calculate(arrayOr(array, code, `input to ${name} must be an array not `), scope);
    },
  };
}

function variableName(as: unknown): string {
  if (as === undefined) return "this";
  if (typeof as !== "string") {
    throw new CommandError("TypeMismatch", `the name of a variable must be a string, not ${typeName(as)}`);
  }
  checkNewVariable(as);
  return as;
}

function withBound(context: CompileContext, name: string): CompileContext {
  return { ...context, bound: new Set([...context.bound, name]) };
}
