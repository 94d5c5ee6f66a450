import { compareValues } from "../bson/compareValues.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import { arrayOr } from "./arrays.ts";
import { type CompileContext, operands, type OperatorTable, unary } from "./Operator.ts";
import { isNullish, isTruthy } from "../bson/values.ts";

/** Arrays as sets: order and repetition do not count. What the server sorts, is sorted. */
export const SETS: OperatorTable = {
  $allElementsTrue: unary((value, _context, name) =>
    arrayOr(value, 17040, `${name}'s argument must be an array, but is `).every(isTruthy),
  ),
  $anyElementTrue: unary((value, _context, name) =>
    arrayOr(value, 17041, `${name}'s argument must be an array, but is `).some(isTruthy),
  ),
  $setDifference: operands(2, 2, ([left, right], context) => {
    if (isNullish(left) || isNullish(right)) return null;
    const items = arrayOr(
      left,
      17048,
      "both operands of $setDifference must be arrays. First argument is of type: ",
    );
    const others = arrayOr(
      right,
      17049,
      "both operands of $setDifference must be arrays. Second argument is of type: ",
    );
    return unique(items, context).filter((item) => !has(others, item, context));
  }),
  $setEquals: (argument, context, name) => {
    const count = Array.isArray(argument) ? argument.length : 1;
    if (count < 2) throw new CommandError(17045, `$setEquals needs at least two arguments had: ${count}`);
    return operands(2, Infinity, areEqualSets)(argument, context, name);
  },
  $setIntersection: operands(0, Infinity, (values, context) => {
    const arrays = arraysOf(values, 17047, "$setIntersection");
    const [first = [], ...others] = arrays ?? [];
    const shared = first.filter((item) => others.every((other) => has(other, item, context)));
    return arrays === null ? null : sortedSet(shared, context);
  }),
  $setIsSubset: operands(2, 2, ([left, right], context) => {
    const items = arrayOr(
      left,
      17046,
      "both operands of $setIsSubset must be arrays. First argument is of type: ",
    );
    const others = arrayOr(
      right,
      17042,
      "both operands of $setIsSubset must be arrays. Second argument is of type: ",
    );
    return items.every((item) => has(others, item, context));
  }),
  $setUnion: operands(0, Infinity, (values, context) => {
    const arrays = arraysOf(values, 17043, "$setUnion");
    return arrays === null ? null : sortedSet(arrays.flat(), context);
  }),
};

function arraysOf(
  values: readonly unknown[],
  code: number,
  name: string,
): readonly (readonly unknown[])[] | null {
  const arrays: (readonly unknown[])[] = [];
  for (const value of values) {
    if (isNullish(value)) return null;
    arrays.push(arrayOr(value, code, `All operands of ${name} must be arrays. One argument is of type: `));
  }
  return arrays;
}

function areEqualSets(values: readonly unknown[], context: CompileContext): boolean {
  const sets = values.map((value) => {
    if (Array.isArray(value)) return sortedSet(value, context);
    throw new CommandError(
      17044,
      `All operands of $setEquals must be arrays. One argument is of type: ${typeName(value)}`,
    );
  });
  const [first] = sets;
  return sets.every((set) => compareValues(set, first, context.environment.strings) === 0);
}

function has(items: readonly unknown[], wanted: unknown, { environment }: CompileContext): boolean {
  return items.some((item) => compareValues(item, wanted, environment.strings) === 0);
}

function unique(items: readonly unknown[], context: CompileContext): readonly unknown[] {
  return items.filter((item, index) => !has(items.slice(0, index), item, context));
}

function sortedSet(items: readonly unknown[], { environment }: CompileContext): readonly unknown[] {
  const sorted = items.toSorted((left, right) => compareValues(left, right, environment.strings));
  return sorted.filter(
    (item, index) => index === 0 || compareValues(sorted[index - 1], item, environment.strings) !== 0,
  );
}
