import { isDocument } from "../bson/BsonDocument.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import { arrayOr } from "./arrays.ts";
import type { Expression, Scope } from "./Expression.ts";
import type { CompileContext, OperatorTable } from "./Operator.ts";
import { isNullish } from "../bson/values.ts";

/** Arrays of the first elements, of the second ones, and so on. */
export const ZIP: OperatorTable = { $zip: zip };

interface Zip {
  readonly inputs: readonly Expression[];
  readonly defaults: readonly Expression[];
  readonly isLongest: boolean;
}

function zip(argument: unknown, context: CompileContext): Expression {
  const parsed = parseZip(argument, context);
  return {
    isConstant: [...parsed.inputs, ...parsed.defaults].every((inner) => inner.isConstant),
    evaluate: (scope) => zipped(parsed, scope),
  };
}

function parseZip(argument: unknown, context: CompileContext): Zip {
  if (!isDocument(argument)) {
    throw new CommandError(34460, `$zip only supports an object as an argument, found ${typeName(argument)}`);
  }
  const { inputs, defaults, useLongestLength: isLongest = false, ...others } = argument;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new CommandError(34464, `$zip found an unknown argument: ${unknown}`);
  if (typeof isLongest !== "boolean") {
    throw new CommandError(34463, `useLongestLength must be a bool, found ${typeName(isLongest)}`);
  }
  const parsed = {
    inputs: expressions(inputs, 34461, "inputs must be an array of expressions, found ", context),
    defaults: expressions(defaults, 34462, "defaults must be an array of expressions, found ", context),
    isLongest,
  };
  checkZip(parsed);
  return parsed;
}

function checkZip({ inputs, defaults, isLongest }: Zip): void {
  if (inputs.length === 0) throw new CommandError(34465, "$zip requires at least one input array");
  if (defaults.length === 0) return;
  if (!isLongest) throw new CommandError(34466, "cannot specify defaults unless useLongestLength is true");
  if (defaults.length !== inputs.length) {
    throw new CommandError(34467, "defaults and inputs must have the same length");
  }
}

function expressions(
  items: unknown,
  code: number,
  message: string,
  context: CompileContext,
): readonly Expression[] {
  if (items === undefined) return [];
  return arrayOr(items, code, message).map((item) => context.compile(item, context));
}

function zipped({ inputs, defaults, isLongest }: Zip, scope: Scope): unknown {
  const values = inputs.map((input) => input.evaluate(scope));
  if (values.some(isNullish)) return null;
  const arrays = values.map((value) => arrayOr(value, 34468, "$zip found a non-array expression in input: "));
  const lengths = arrays.map((array) => array.length);
  const fillers = defaults.map((filler) => filler.evaluate(scope));
  const length = isLongest ? Math.max(...lengths) : Math.min(...lengths);
  return Array.from({ length }, (_none, row) =>
    arrays.map((array, column) => (row < array.length ? array[row] : (fillers[column] ?? null))),
  );
}
