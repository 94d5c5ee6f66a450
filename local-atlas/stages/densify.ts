import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { add } from "../bson/arithmetic.ts";
import { changeAt } from "../bson/changeAt.ts";
import { compareValues } from "../bson/compareValues.ts";
import { isNumeric, type BsonNumber, toInt64, toNumber } from "../bson/numbers.ts";
import { valueAt } from "../bson/paths.ts";
import { sortDocuments } from "../bson/sortDocuments.ts";
import { typeName } from "../bson/typeNames.ts";
import { keyMaker } from "../bson/valueKeys.ts";
import { isNullish } from "../bson/values.ts";
import { addUnits, parseUnit, type Unit } from "../dates/units.ts";
import { UTC } from "../dates/zones.ts";
import { makeDate } from "../dates/makeDate.ts";
import { CommandError } from "../errors/CommandError.ts";
import { checkPath } from "../expressions/fieldPath.ts";
import { gathering } from "./flows.ts";
import type { Flow, RunningStage, StageContext, StageTable } from "./Stage.ts";

/** Adds the documents that are missing in a series of numbers or dates. */
export const DENSIFY: StageTable = { $densify: densify };

interface Densify {
  readonly field: readonly string[];
  readonly partitionBy: readonly (readonly string[])[];
  readonly step: BsonNumber;
  readonly unit: Unit | null;
  readonly bounds: "full" | "partition" | readonly [unknown, unknown];
}

function densify(argument: unknown, { environment }: StageContext): RunningStage {
  const spec = parseDensify(argument);
  return gathering((documents) => densified(documents, spec, keyMaker(environment.strings)));
}

function* densified(
  documents: readonly BsonDocument[],
  spec: Densify,
  keyOf: (value: unknown) => string,
): Flow {
  const sorted = sortDocuments(documents, { [spec.field.join(".")]: 1 });
  const withValue = sorted.filter((document) => checkValue(valueAt(document, spec.field), spec));
  yield* sorted.filter((document) => isNullish(valueAt(document, spec.field)));
  const bounds = boundsOf(withValue, spec);
  const partitions = new Map<string, BsonDocument[]>();
  for (const document of withValue) {
    const key = keyOf(spec.partitionBy.map((path) => valueAt(document, path) ?? null));
    partitions.set(key, [...(partitions.get(key) ?? []), document]);
  }
  if (partitions.size === 0 && Array.isArray(spec.bounds)) partitions.set("", []);
  for (const partition of partitions.values())
    yield* fillSeries(partition, spec, bounds ?? boundsOf(partition, spec, true));
}

/** Where the series begins and ends; `null` when each partition has its own bounds. */
function boundsOf(
  documents: readonly BsonDocument[],
  spec: Densify,
  own = false,
): readonly [unknown, unknown, boolean] | null {
  if (typeof spec.bounds !== "string") return [spec.bounds[0], spec.bounds[1], false];
  if (spec.bounds === "partition" && !own) return null;
  const [first, last] = [documents[0], documents.at(-1)];
  return first === undefined || last === undefined
    ? null
    : [valueAt(first, spec.field), valueAt(last, spec.field), true];
}

function* fillSeries(
  documents: readonly BsonDocument[],
  spec: Densify,
  bounds: readonly [unknown, unknown, boolean] | null,
): Flow {
  const rest = [...documents];
  for (const value of bounds === null ? [] : series(spec, bounds)) {
    while (rest[0] !== undefined && compareValues(valueAt(rest[0], spec.field), value) < 0)
      yield rest.shift() ?? null;
    const isThere = rest[0] !== undefined && compareValues(valueAt(rest[0], spec.field), value) === 0;
    if (!isThere) yield added(documents[0], spec, value);
    while (rest[0] !== undefined && compareValues(valueAt(rest[0], spec.field), value) === 0)
      yield rest.shift() ?? null;
  }
  yield* rest;
}

/** The values of the series; explicit upper bounds are not in it. */
function* series(
  spec: Densify,
  [from, to, isInclusive]: readonly [unknown, unknown, boolean],
): Iterable<unknown> {
  for (let index = 0; ; index++) {
    const value = stepFrom(from, spec, index);
    const order = compareValues(value, to);
    if (order > 0 || (order === 0 && !isInclusive)) return;
    yield value;
  }
}

function stepFrom(from: unknown, { step, unit }: Densify, index: number): unknown {
  if (from instanceof Date && unit !== null)
    return makeDate(addUnits(from.getTime(), unit, toNumber(step) * index, UTC));
  let value = isNumeric(from) ? from : null;
  for (let taken = 0; taken < index && value !== null; taken++) value = add(value, step);
  return value;
}

function added(example: BsonDocument | undefined, spec: Densify, value: unknown): BsonDocument {
  const paths = spec.partitionBy.map(
    (path) => [path, example === undefined ? undefined : valueAt(example, path)] as const,
  );
  return [...paths, [spec.field, value] as const].reduce<BsonDocument>((document, [path, item]) => {
    const next = item === undefined ? document : changeAt(document, path, true, () => item);
    return isDocument(next) ? next : document;
  }, {});
}

function checkValue(value: unknown, { unit }: Densify): boolean {
  if (isNullish(value)) return false;
  if (unit === null && isNumeric(value)) return true;
  if (unit !== null && value instanceof Date) return true;
  throw new CommandError(
    5733201,
    `Densify field type must be ${unit === null ? "numeric" : "a date"}, found ${typeName(value)}`,
  );
}

function parseDensify(argument: unknown): Densify {
  if (!isDocument(argument))
    throw new CommandError(5733201, "The $densify stage specification must be an object");
  const { field, partitionByFields = [], range, ...others } = argument;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new CommandError("UnknownField", `BSON field '$densify.${unknown}' is an unknown field.`);
  if (typeof field !== "string" || !isDocument(range)) {
    throw new CommandError("MissingField", "BSON fields '$densify.field' and '$densify.range' are required");
  }
  if (!isListOfTexts(partitionByFields))
    throw new CommandError("TypeMismatch", "partitionByFields must be an array of strings");
  return { field: checkPath(field), partitionBy: partitionByFields.map(checkPath), ...parseRange(range) };
}

function isListOfTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function parseRange(range: BsonDocument): Pick<Densify, "step" | "unit" | "bounds"> {
  const { step, unit, bounds, ...others } = range;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new CommandError("UnknownField", `BSON field '$densify.range.${unknown}' is an unknown field.`);
  if (!isNumeric(step))
    throw new CommandError(
      "MissingField",
      "BSON field '$densify.range.step' is missing but a required field",
    );
  if (toNumber(step) <= 0)
    throw new CommandError(
      5733401,
      "the step parameter in a range statement must be a strictly positive numeric value",
    );
  const parsedUnit = unit === undefined ? null : parseUnit(String(unit));
  if (parsedUnit !== null && toInt64(step) === null)
    throw new CommandError(
      6586400,
      "The step parameter in a range statement must be a whole number when densifying a date range",
    );
  return { step, unit: parsedUnit, bounds: parseBounds(bounds, parsedUnit) };
}

function parseBounds(bounds: unknown, unit: Unit | null): Densify["bounds"] {
  if (bounds === "full" || bounds === "partition") return bounds;
  if (!Array.isArray(bounds))
    throw new CommandError(
      5946802,
      "the bounds in a range statement must be 'full', 'partition', or a two-element array",
    );
  if (bounds.length !== 2)
    throw new CommandError(5733403, "a bounding array in a range statement must have exactly two elements");
  const [lower, upper]: readonly unknown[] = bounds;
  const isRight = (bound: unknown) => (unit === null ? isNumeric(bound) : bound instanceof Date);
  if (unit !== null && isNumeric(lower))
    throw new CommandError(5733409, "Numeric bounds may not have unit parameter");
  if (unit === null && lower instanceof Date)
    throw new CommandError(5733410, "A bounding array of dates must specify a unit");
  if (!isRight(lower) || !isRight(upper))
    throw new CommandError(5733406, "a bounding array must hold numbers, or dates where there is a unit");
  if (compareValues(lower, upper) > 0)
    throw new CommandError(5733402, "the bounding array in a range statement must be in ascending order");
  return [lower, upper];
}
