import { typeName } from "../bson/typeNames.ts";
import { checkFormat, formatDate, OUTPUT_LETTERS } from "../dates/formatDate.ts";
import { parseDate, failure } from "../dates/parseDate.ts";
import { INPUT_LETTERS, parseFormatted } from "../dates/parseFormatted.ts";
import type { Zone } from "../dates/zones.ts";
import { makeDate } from "../dates/makeDate.ts";
import { CommandError } from "../errors/CommandError.ts";
import { asMoment, zoneOf } from "./dateOperands.ts";
import { type Evaluated, named } from "./namedArguments.ts";
import type { OperatorTable } from "./Operator.ts";
import { isNullish } from "../bson/values.ts";

/** Dates as texts and texts as dates. */
export const DATE_TEXTS: OperatorTable = {
  $dateToString: named(
    {
      notAnObject: 18629,
      unknown: 18534,
      required: { date: 18628 },
      optional: ["format", "timezone", "onNull"],
    },
    dateToString,
  ),
  $dateFromString: named(
    {
      notAnObject: 40540,
      unknown: 40541,
      required: { dateString: 40542 },
      optional: ["format", "timezone", "onNull", "onError"],
    },
    dateFromString,
  ),
};

/** The format of `$dateToString` where none is given; only UTC is marked. */
export function isoFormat(zone: Zone): string {
  return zone.isUtc ? "%Y-%m-%dT%H:%M:%S.%LZ" : "%Y-%m-%dT%H:%M:%S.%L";
}

function dateToString(fields: Evaluated<"date" | "format" | "timezone" | "onNull">): unknown {
  const date = fields.get("date");
  const format = formatOf(fields, 18533, OUTPUT_LETTERS);
  const zone = zoneOf(fields.has("timezone"), fields.get("timezone"));
  if (isNullish(date)) return fields.has("onNull") ? fields.get("onNull") : null;
  if (zone === null || format === null) return null;
  return formatDate(asMoment(date), format ?? isoFormat(zone), zone);
}

/** `undefined` for a format that is not given, `null` for null. */
function formatOf(fields: Evaluated<"format">, code: number, letters: string): string | null | undefined {
  if (!fields.has("format")) return undefined;
  const format = fields.get("format");
  if (isNullish(format)) return null;
  if (typeof format !== "string") {
    throw new CommandError(code, `'format' must be a string, found: ${typeName(format)}`);
  }
  checkFormat(format, letters);
  return format;
}

type FromString = Evaluated<"dateString" | "format" | "timezone" | "onNull" | "onError">;

function dateFromString(fields: FromString): unknown {
  const text = fields.get("dateString");
  const format = formatOf(fields, 40684, INPUT_LETTERS);
  const zone = zoneOf(fields.has("timezone"), fields.get("timezone"));
  if (isNullish(text)) return fields.has("onNull") ? fields.get("onNull") : null;
  try {
    return parsed(text, format, zone);
  } catch (error) {
    const isConversion = error instanceof CommandError && error.codeName === "ConversionFailure";
    if (isConversion && fields.has("onError")) return fields.get("onError");
    throw error;
  }
}

function parsed(text: unknown, format: string | null | undefined, zone: Zone | null): Date | null {
  if (typeof text !== "string") {
    throw failure(`$dateFromString requires that 'dateString' be a string, found: ${typeName(text)}`);
  }
  if (zone === null || format === null) return null;
  return makeDate(format === undefined ? parseDate(text, zone) : parseFormatted(text, format, zone));
}
