import { Int32, Long } from "bson";
import { isDocument } from "../bson/BsonDocument.ts";
import { toInt64 } from "../bson/numbers.ts";
import { typeName } from "../bson/typeNames.ts";
import {
  dayOfYear,
  fromIsoWeek,
  fromParts,
  isoWeekOf,
  partsOf,
  weekday,
  weekOfYear,
} from "../dates/calendar.ts";
import { fromLocal, toLocal } from "../dates/zones.ts";
import { makeDate } from "../dates/makeDate.ts";
import { CommandError } from "../errors/CommandError.ts";
import { asMoment, zoneOf } from "./dateOperands.ts";
import { type Evaluated, named } from "./namedArguments.ts";
import { type Operator, type OperatorTable, unary } from "./Operator.ts";
import { isNullish } from "../bson/values.ts";

const PART_OF = {
  notAnObject: 40535,
  unknown: 40535,
  required: { date: 40539 },
  optional: ["timezone"],
} as const;

/** Parts of dates, and dates made of parts. */
export const DATE_PARTS: OperatorTable = {
  $year: part((local) => partsOf(local).year),
  $month: part((local) => partsOf(local).month),
  $dayOfMonth: part((local) => partsOf(local).day),
  $hour: part((local) => partsOf(local).hour),
  $minute: part((local) => partsOf(local).minute),
  $second: part((local) => partsOf(local).second),
  $millisecond: part((local) => partsOf(local).millisecond),
  $dayOfYear: part(dayOfYear),
  $dayOfWeek: part((local) => weekday(local) + 1),
  $week: part(weekOfYear),
  $isoWeek: part((local) => isoWeekOf(local).isoWeek),
  $isoDayOfWeek: part((local) => isoWeekOf(local).isoDayOfWeek),
  $isoWeekYear: part((local) => Long.fromNumber(isoWeekOf(local).isoWeekYear)),
  $dateToParts: named(
    { notAnObject: 40524, unknown: 40520, required: { date: 40522 }, optional: ["timezone", "iso8601"] },
    dateToParts,
  ),
  $dateFromParts: (argument, context, name) => {
    checkMixture(argument);
    return named(FROM_PARTS, dateFromParts)(argument, context, name);
  },
};

/** Takes a date as it is, or as `{date, timezone}`. */
function part(read: (local: number) => number | Long): Operator {
  const ofDate = (value: unknown, given: boolean, zoneName: unknown) => {
    const zone = zoneOf(given, zoneName, 40533);
    if (isNullish(value) || zone === null) return null;
    const result = read(toLocal(asMoment(value), zone));
    return typeof result === "number" ? new Int32(result) : result;
  };
  const withZone = named(PART_OF, (fields) =>
    ofDate(fields.get("date"), fields.has("timezone"), fields.get("timezone")),
  );
  const alone = unary((value) => ofDate(value, false, null));
  return (argument, context, name) => {
    if (isDocument(argument) && !Object.keys(argument)[0]?.startsWith("$"))
      return withZone(argument, context, name);
    if (Array.isArray(argument) && argument.length !== 1) {
      throw new CommandError(
        40536,
        `${name} accepts exactly one argument if given an array, but was given ${argument.length}`,
      );
    }
    return alone(argument, context, name);
  };
}

function dateToParts(fields: Evaluated<"date" | "timezone" | "iso8601">): unknown {
  const date = fields.get("date");
  const zone = zoneOf(fields.has("timezone"), fields.get("timezone"));
  const iso = fields.has("iso8601") ? fields.get("iso8601") : false;
  if (zone === null || isNullish(iso)) return null;
  if (typeof iso !== "boolean")
    throw new CommandError(40521, `iso8601 must evaluate to a bool, found ${typeName(iso)}`);
  if (isNullish(date)) return null;
  const local = toLocal(asMoment(date), zone);
  const { year, month, day, ...time } = partsOf(local);
  const parts = iso ? { ...isoWeekOf(local), ...time } : { year, month, day, ...time };
  return Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, new Int32(value)]));
}

const NATURAL = ["year", "month", "day"] as const;
const ISO = ["isoWeekYear", "isoWeek", "isoDayOfWeek"] as const;
const TIME = ["hour", "minute", "second", "millisecond"] as const;

type PartName = (typeof NATURAL)[number] | (typeof ISO)[number] | (typeof TIME)[number];

const FROM_PARTS = {
  notAnObject: 40519,
  unknown: 40518,
  required: {},
  optional: [...NATURAL, ...ISO, ...TIME, "timezone"],
} as const;

function checkMixture(argument: unknown): void {
  if (!isDocument(argument)) return;
  const has = (name: string) => Object.hasOwn(argument, name);
  if (!has("year") && !has("isoWeekYear")) {
    throw new CommandError(40516, "$dateFromParts requires either 'year' or 'isoWeekYear' to be present");
  }
  if (has("year") && ISO.some(has)) {
    throw new CommandError(40489, "$dateFromParts does not allow mixing natural dates with ISO dates");
  }
  if (has("isoWeekYear") && NATURAL.some(has)) {
    throw new CommandError(40525, "$dateFromParts does not allow mixing ISO dates with natural dates");
  }
}

function dateFromParts(fields: Evaluated<PartName | "timezone">): unknown {
  const isIso = fields.has("isoWeekYear");
  const time = partValues(fields, TIME, 0);
  const zone = zoneOf(fields.has("timezone"), fields.get("timezone"));
  const days = partValues(fields, isIso ? ISO : NATURAL, 1);
  if (time === null || zone === null || days === null) return null;
  const [first = 0, second = 1, third = 1] = days;
  if (first < 0 || first > 9999) {
    throw new CommandError(
      isIso ? 31095 : 40523,
      `the year must evaluate to an integer in the range 0 to 9999, found ${first}`,
    );
  }
  const [hour = 0, minute = 0, seconds = 0, millisecond = 0] = time;
  const midnight = isIso
    ? fromIsoWeek({ isoWeekYear: first, isoWeek: second, isoDayOfWeek: third })
    : fromParts({ year: first, month: second, day: third });
  return makeDate(fromLocal(midnight + fromParts({ hour, minute, second: seconds, millisecond }), zone));
}

const UNLIMITED: ReadonlySet<string> = new Set(["year", "isoWeekYear", "second", "millisecond"]);
const MOST = 32_767;

/** `null` when one of them is null. */
function partValues(
  fields: Evaluated<PartName | "timezone">,
  names: readonly PartName[],
  missing: number,
): readonly number[] | null {
  const values = names.map((name) => (fields.has(name) ? partValue(name, fields.get(name)) : missing));
  return values.every((value) => value !== null) ? values : null;
}

function partValue(name: PartName, value: unknown): number | null {
  if (isNullish(value)) return null;
  const whole = toInt64(value);
  if (whole === null)
    throw new CommandError(40515, `'${name}' must evaluate to an integer, found ${typeName(value)}`);
  const number = Number(whole);
  if (UNLIMITED.has(name) || Math.abs(number) <= MOST) return number;
  throw new CommandError(
    31034,
    `'${name}' must evaluate to a value in the range [-32768, 32767]; value ${number} is not in range`,
  );
}
