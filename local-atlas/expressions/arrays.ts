import { Int32 } from "bson";
import { equalValues } from "../bson/compareValues.ts";
import { isNumeric, toInt32 } from "../bson/numbers.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import { operands, type OperatorTable, unary } from "./Operator.ts";
import { searchBound } from "./substrings.ts";
import { isNullish } from "../bson/values.ts";

/** What arrays hold, and parts of them. */
export const ARRAYS: OperatorTable = {
  $arrayElemAt: operands(2, 2, ([array, index], _context, name) => elementAt(array, index, name)),
  $first: unary((array, _context, name) => elementAt(array, new Int32(0), name)),
  $last: unary((array, _context, name) => elementAt(array, new Int32(-1), name)),
  $concatArrays: operands(0, Infinity, (values) => concatenate(values)),
  $in: operands(2, 2, ([value, array], { environment }) =>
    arrayOr(array, 40081, "$in requires an array as a second argument, found: ").some((item) =>
      equalValues(item, value, environment.strings),
    ),
  ),
  $indexOfArray: operands(2, 4, (values, { environment }, name) =>
    indexOf(values, name, (left, right) => equalValues(left, right, environment.strings)),
  ),
  $isArray: unary((value) => Array.isArray(value)),
  $size: unary(
    (array) =>
      new Int32(arrayOr(array, 17124, "The argument to $size must be an array, but was of type: ").length),
  ),
  $slice: operands(2, 3, (values) => slice(values)),
  $reverseArray: unary((array) =>
    isNullish(array)
      ? null
      : arrayOr(
          array,
          34435,
          "The argument to $reverseArray must be an array, but was of type: ",
        ).toReversed(),
  ),
  $range: operands(2, 3, (values) => range(values)),
};

/** The array that a value has to be; throws an error with the code otherwise. */
export function arrayOr(value: unknown, code: number, message: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new CommandError(code, message + typeName(value));
}

function elementAt(array: unknown, index: unknown, name: string): unknown {
  if (isNullish(array) || isNullish(index)) return null;
  const items = arrayOr(array, 28689, `${name}'s argument must be an array, but is `);
  return items.at(intOr(index, [28690, 28691], `${name}'s second argument`));
}

function intOr(value: unknown, [notANumber, notAnInt]: readonly [number, number], what: string): number {
  if (!isNumeric(value)) {
    throw new CommandError(notANumber, `${what} must be a numeric value, but is ${typeName(value)}`);
  }
  const int = toInt32(value);
  if (int === null) throw new CommandError(notAnInt, `${what} must be representable as a 32-bit integer`);
  return int;
}

function concatenate(values: readonly unknown[]): unknown {
  const result: unknown[] = [];
  for (const value of values) {
    if (isNullish(value)) return null;
    result.push(...arrayOr(value, 28664, "$concatArrays only supports arrays, not "));
  }
  return result;
}

function indexOf(
  [array, value, start, end]: readonly unknown[],
  name: string,
  isEqual: (left: unknown, right: unknown) => boolean,
): unknown {
  if (isNullish(array)) return null;
  const items = arrayOr(array, 40090, "$indexOfArray requires an array as a first argument, found: ");
  const from = start === undefined ? 0 : searchBound(start, name, "starting index");
  const to = end === undefined ? items.length : searchBound(end, name, "ending index");
  return new Int32(items.findIndex((item, index) => index >= from && index < to && isEqual(item, value)));
}

function slice(values: readonly unknown[]): unknown {
  const [array, second, count] = values;
  if (isNullish(array) || isNullish(second)) return null;
  const items = arrayOr(array, 28724, "First argument to $slice must be an array, but is of type: ");
  const place = intOr(second, [28725, 28726], "Second argument to $slice");
  if (values.length === 2) return place < 0 ? items.slice(place) : items.slice(0, place);
  if (isNullish(count)) return null;
  const size = intOr(count, [28727, 28728], "Third argument to $slice");
  if (size <= 0) throw new CommandError(28729, `Third argument to $slice must be positive: ${size}`);
  const from = place < 0 ? Math.max(0, items.length + place) : place;
  return items.slice(from, from + size);
}

function range([start, end, step]: readonly unknown[]): unknown {
  const from = intOr(start, [34443, 34444], "$range: the starting value");
  const to = intOr(end, [34445, 34446], "$range: the ending value");
  const by = step === undefined ? 1 : intOr(step, [34447, 34448], "$range: the step value");
  if (by === 0) throw new CommandError(34449, "$range requires a non-zero step value");
  const length = Math.max(0, Math.ceil((to - from) / by));
  return Array.from({ length }, (_none, index) => new Int32(from + index * by));
}
