import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { isNumeric, toInt32, toNumber } from "../bson/numbers.ts";
import { splitPath, valueAt } from "../bson/paths.ts";
import { typeName } from "../bson/typeNames.ts";
import { addUnits, parseUnit, type Unit } from "../dates/units.ts";
import { UTC } from "../dates/zones.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { Window } from "./WindowFunction.ts";

const WHOLE: Window = (partition) => [0, partition.length];
const FIELDS = new Set(["documents", "range", "unit"]);

/** Reads `{documents: [-1, 0]}` or `{range: [-10, 10], unit: "day"}`; the whole partition where there is none. */
export function parseWindow(window: unknown, sortBy: BsonDocument | null): Window {
  if (window === undefined) return WHOLE;
  if (!isDocument(window)) throw new CommandError("FailedToParse", "'window' field must be an object");
  const unknown = Object.keys(window).find((name) => !FIELDS.has(name));
  if (unknown !== undefined)
    throw new CommandError("FailedToParse", `'window' field that is not recognized: ${unknown}`);
  const { documents, range, unit } = window;
  if (documents !== undefined && range !== undefined) {
    throw new CommandError(
      "FailedToParse",
      "Window bounds can specify either 'documents' or 'unit', not both.",
    );
  }
  if (documents !== undefined) return documentWindow(boundsOf(documents), sortBy);
  if (range === undefined) return WHOLE;
  return rangeWindow(boundsOf(range), unit === undefined ? null : parseUnit(String(unit)), sortBy);
}

type Bound = "unbounded" | "current" | number;

function boundsOf(bounds: unknown): readonly [Bound, Bound] {
  if (!Array.isArray(bounds) || bounds.length !== 2) {
    throw new CommandError("FailedToParse", "Window bounds must be a 2-element array");
  }
  const [lower, upper] = bounds.map(boundOf);
  if (typeof lower === "number" && typeof upper === "number" && lower > upper) {
    throw new CommandError(5339900, `Lower bound must not exceed upper bound: [${lower}, ${upper}]`);
  }
  return [lower ?? "unbounded", upper ?? "unbounded"];
}

function boundOf(bound: unknown): Bound {
  if (bound === "unbounded" || bound === "current") return bound;
  if (isNumeric(bound)) return toNumber(bound);
  throw new CommandError(
    "FailedToParse",
    `Window bounds must be 'unbounded', 'current', or a number, not ${typeName(bound)}`,
  );
}

function documentWindow([lower, upper]: readonly [Bound, Bound], sortBy: BsonDocument | null): Window {
  if (sortBy === null && (lower !== "unbounded" || upper !== "unbounded")) {
    throw new CommandError(5339901, "Document-based bounds require a sortBy");
  }
  const [before, after] = [offsetOf(lower, -Infinity), offsetOf(upper, Infinity)];
  return ({ length }, index) => {
    const start = Math.min(Math.max(0, index + before), length);
    return [start, Math.max(start, Math.min(length, index + after + 1))];
  };
}

function offsetOf(bound: Bound, unbounded: number): number {
  if (bound === "unbounded") return unbounded;
  if (bound === "current") return 0;
  if (toInt32(bound) !== null) return bound;
  throw new CommandError("FailedToParse", "Numeric document-based bounds must be an integer");
}

function rangeWindow(
  [lower, upper]: readonly [Bound, Bound],
  unit: Unit | null,
  sortBy: BsonDocument | null,
): Window {
  const [entry, ...more] = Object.entries(sortBy ?? {});
  if (entry === undefined || more.length > 0 || toInt32(entry[1]) !== 1) {
    throw new CommandError(5339902, "Range-based bounds require sortBy a single field, in ascending order");
  }
  const parts = splitPath(entry[0]);
  const placeOf = (document: BsonDocument | undefined) =>
    place(document === undefined ? null : valueAt(document, parts), unit);
  return (partition, index) => {
    const current = placeOf(partition[index]);
    const from = lower === "unbounded" ? -Infinity : shifted(current, lower === "current" ? 0 : lower, unit);
    const to = upper === "unbounded" ? Infinity : shifted(current, upper === "current" ? 0 : upper, unit);
    const start = partition.findIndex((document) => placeOf(document) >= from);
    const end = partition.findLastIndex((document) => placeOf(document) <= to) + 1;
    return start === -1 ? [0, 0] : [start, Math.max(start, end)];
  };
}

function place(value: unknown, unit: Unit | null): number {
  if (unit === null && isNumeric(value)) return toNumber(value);
  if (unit !== null && value instanceof Date) return value.getTime();
  if (unit !== null) {
    throw new CommandError(
      5429513,
      `Invalid range: Expected the sortBy field to be a Date, but it was ${typeName(value)}`,
    );
  }
  throw value instanceof Date
    ? new CommandError(
        5429413,
        "Invalid range: For windows that involve date or time ranges, a unit must be provided.",
      )
    : new CommandError(
        5429414,
        `Invalid range: Expected the sortBy field to be a number, but it was ${typeName(value)}`,
      );
}

function shifted(value: number, amount: number, unit: Unit | null): number {
  return unit === null ? value + amount : addUnits(value, unit, amount, UTC);
}
