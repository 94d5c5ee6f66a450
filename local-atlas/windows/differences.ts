import { Double } from "bson";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { isNumeric, toNumber } from "../bson/numbers.ts";
import { splitPath, valueAt } from "../bson/paths.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import { compileExpression } from "../expressions/compileExpression.ts";
import type { Expression } from "../expressions/Expression.ts";
import { parseWindow } from "./parseWindow.ts";
import type { Window, WindowContext, WindowFunction, WindowOperator } from "./WindowFunction.ts";

const UNITS: Readonly<Record<string, number>> = {
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
};

/** The codes of what the documents can have wrong. */
interface Codes {
  readonly notADate: number;
  readonly notANumber: number;
  readonly noUnit: number;
  readonly input: number;
}

const OF_DERIVATIVE: Codes = { notADate: 5624900, noUnit: 5624901, notANumber: 5624902, input: 5624903 };
const OF_INTEGRAL: Codes = { notADate: 5423901, noUnit: 5423902, notANumber: 5423902, input: 5423900 };

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The slope from the first document of a window to its last one. */
export const derivative: WindowOperator = (argument, context) =>
  overPoints(argument, context, OF_DERIVATIVE, (points) => {
    const [first, last] = [points[0], points.at(-1)];
    if (first === undefined || last === undefined || last.x === first.x) return null;
    return new Double((last.y - first.y) / (last.x - first.x));
  });

/** The area below the points of a window, by trapezoids. */
export const integral: WindowOperator = (argument, context) =>
  overPoints(argument, context, OF_INTEGRAL, (points) => {
    const areas = points.slice(1).map((point, index) => {
      const before = points[index] ?? point;
      return ((point.y + before.y) / 2) * (point.x - before.x);
    });
    return points.length === 0 ? null : new Double(areas.reduce((sum, area) => sum + area, 0));
  });

function overPoints(
  argument: unknown,
  context: WindowContext,
  codes: Codes,
  calculate: (points: readonly Point[]) => unknown,
): WindowFunction {
  const { name, window, sortBy, environment } = context;
  const { input, unit, ...others } = isDocument(argument) ? argument : {};
  const [field, ...more] = Object.keys(sortBy ?? {});
  if (field === undefined || more.length > 0)
    throw new CommandError("FailedToParse", `${name} requires a sortBy of one field`);
  if (window === undefined && name === "$derivative") {
    throw new CommandError("FailedToParse", "$derivative requires explicit window bounds");
  }
  if (input === undefined || Object.keys(others).length > 0) {
    throw new CommandError("FailedToParse", `${name} requires an 'input' expression`);
  }
  const size = unit === undefined ? null : sizeOf(unit);
  const [value, parts, boundsAt] = [
    compileExpression(input, environment),
    splitPath(field),
    parseWindow(window, sortBy),
  ];
  return (partition) => {
    const points = partition.map((root) => pointOf(root, parts, value, size, codes));
    return partition.map((_root, index) => calculate(points.slice(...boundsAt(partition, index))));
  };
}

function sizeOf(unit: unknown): number {
  const size = typeof unit === "string" && Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
  if (size !== undefined) return size;
  throw new CommandError(5490710, "unit must be 'week' or smaller");
}

function pointOf(
  root: BsonDocument,
  parts: readonly string[],
  value: Expression,
  size: number | null,
  codes: Codes,
): Point {
  const x = valueAt(root, parts);
  const y = value.evaluate({ root, bound: null });
  if (!isNumeric(y)) throw new CommandError(codes.input, `the input must be a number, found ${typeName(y)}`);
  if (x instanceof Date && size !== null) return { x: x.getTime() / size, y: toNumber(y) };
  if (isNumeric(x) && size === null) return { x: toNumber(x), y: toNumber(y) };
  const code = size === null ? codes.notANumber : codes.notADate;
  throw new CommandError(
    x instanceof Date ? codes.noUnit : code,
    `the sortBy field must be a ${size === null ? "number" : "date"}, found ${typeName(x)}`,
  );
}

/** How two numbers of the documents of a window go together. */
export function covariance(isSample: boolean): WindowOperator {
  return (argument, { window, sortBy, environment }) => {
    if (!Array.isArray(argument) || argument.length !== 2) {
      throw new CommandError("FailedToParse", "a covariance takes an array of exactly two arguments");
    }
    const [left, right] = argument.map((item: unknown) => compileExpression(item, environment));
    const boundsAt: Window = parseWindow(window, sortBy);
    return (partition) =>
      partition.map((_root, index) => {
        const points = partition.slice(...boundsAt(partition, index)).flatMap((root) => {
          const [x, y] = [left?.evaluate({ root, bound: null }), right?.evaluate({ root, bound: null })];
          return isNumeric(x) && isNumeric(y) ? [{ x: toNumber(x), y: toNumber(y) }] : [];
        });
        return covarianceOf(points, isSample);
      });
  };
}

function covarianceOf(points: readonly Point[], isSample: boolean): unknown {
  const divisor = isSample ? points.length - 1 : points.length;
  if (divisor <= 0) return null;
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / points.length;
  return new Double(points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / divisor);
}
