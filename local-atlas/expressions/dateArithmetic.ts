import { Long } from "bson";
import { toInt64 } from "../bson/numbers.ts";
import { typeName } from "../bson/typeNames.ts";
import { addUnits, countUnits, parseUnit, parseWeekday, truncateTo, type Unit } from "../dates/units.ts";
import { makeDate } from "../dates/makeDate.ts";
import { CommandError } from "../errors/CommandError.ts";
import { asMoment, zoneOf } from "./dateOperands.ts";
import { type Evaluated, named } from "./namedArguments.ts";
import type { Operator, OperatorTable } from "./Operator.ts";
import { isNullish } from "../bson/values.ts";

const ADD = {
  notAnObject: 5166400,
  unknown: 5166401,
  required: { startDate: 5166402, unit: 5166402, amount: 5166402 },
  optional: ["timezone"],
} as const;

/** Moving dates, counting between them, and cutting them. */
export const DATE_ARITHMETIC: OperatorTable = {
  $dateAdd: adds(1n),
  $dateSubtract: adds(-1n),
  $dateDiff: named(
    {
      notAnObject: 5166301,
      unknown: 5166302,
      required: { startDate: 5166303, endDate: 5166304, unit: 5166305 },
      optional: ["timezone", "startOfWeek"],
    },
    difference,
  ),
  $dateTrunc: named(
    {
      notAnObject: 5439007,
      unknown: 5439008,
      required: { date: 5439009, unit: 5439010 },
      optional: ["binSize", "timezone", "startOfWeek"],
    },
    truncate,
  ),
};

function adds(direction: bigint): Operator {
  return named(ADD, (fields, _context, name) => {
    const [date, unitName, amount] = [fields.get("startDate"), fields.get("unit"), fields.get("amount")];
    if (isNullish(date) || isNullish(unitName) || isNullish(amount)) return null;
    const zone = zoneOf(fields.has("timezone"), fields.get("timezone"));
    if (zone === null) return null;
    const moment = asMoment(date, 5166403);
    const unit = unitOf(unitName, 5166404);
    const count = toInt64(amount);
    if (count === null) throw new CommandError(5166405, `${name} expects integer amount of time units`);
    return makeDate(addUnits(moment, unit, Number(count * direction), zone));
  });
}

function unitOf(value: unknown, code: number): Unit {
  if (typeof value === "string") return parseUnit(value);
  throw new CommandError(code, `the time unit must be a string, found ${typeName(value)}`);
}

const SUNDAY = 0;

function difference(
  fields: Evaluated<"startDate" | "endDate" | "unit" | "timezone" | "startOfWeek">,
): unknown {
  const [start, end, unitName] = [fields.get("startDate"), fields.get("endDate"), fields.get("unit")];
  if (isNullish(start) || isNullish(end) || isNullish(unitName)) return null;
  const unit = unitOf(unitName, 5439013);
  const startOfWeek = startOfWeekIn(fields, unit);
  const zone = zoneOf(fields.has("timezone"), fields.get("timezone"));
  if (startOfWeek === null || zone === null) return null;
  return Long.fromNumber(
    countUnits(asMoment(start, 5166307), asMoment(end, 5166307), unit, zone, startOfWeek),
  );
}

function truncate(fields: Evaluated<"date" | "unit" | "binSize" | "timezone" | "startOfWeek">): unknown {
  const [date, unitName] = [fields.get("date"), fields.get("unit")];
  const binSize = fields.has("binSize") ? fields.get("binSize") : Long.ONE;
  if (isNullish(date) || isNullish(unitName) || isNullish(binSize)) return null;
  const zone = zoneOf(fields.has("timezone"), fields.get("timezone"));
  const isWeek = unitName === "week";
  if (zone === null || (isWeek && fields.has("startOfWeek") && isNullish(fields.get("startOfWeek"))))
    return null;
  const moment = asMoment(date, 5439012);
  const unit = unitOf(unitName, 5439013);
  const size = binSizeOf(binSize);
  return makeDate(truncateTo(moment, unit, size, zone, startOfWeekIn(fields, unit) ?? SUNDAY));
}

function binSizeOf(value: unknown): number {
  const size = toInt64(value);
  if (size === null) {
    throw new CommandError(
      5439017,
      `$dateTrunc requires 'binSize' to be a 64-bit integer, but got ${typeName(value)}`,
    );
  }
  if (size <= 0n) {
    throw new CommandError(
      5439018,
      `$dateTrunc requires 'binSize' to be greater than 0, but got value ${size}`,
    );
  }
  return Number(size);
}

/** It counts for weeks only; `null` for null. */
function startOfWeekIn(fields: Evaluated<"startOfWeek">, unit: Unit): number | null {
  if (unit !== "week" || !fields.has("startOfWeek")) return SUNDAY;
  const value = fields.get("startOfWeek");
  if (isNullish(value)) return null;
  if (typeof value !== "string") {
    throw new CommandError(5439015, `'startOfWeek' must be a string, found ${typeName(value)}`);
  }
  const day = parseWeekday(value);
  if (day === null)
    throw new CommandError(5439016, `'startOfWeek' value cannot be recognized as a day of a week: ${value}`);
  return day;
}
