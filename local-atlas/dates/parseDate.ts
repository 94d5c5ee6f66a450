import { CommandError } from "../errors/CommandError.ts";
import { fromParts, partsOf } from "./calendar.ts";
import { findZone, fixedZone, fromLocal, parseOffset, type Zone } from "./zones.ts";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** The ways in which people write a day. */
const DAYS = [
  /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})/,
  /^(?<year>\d{4})\/(?<month>\d{1,2})\/(?<day>\d{1,2})/,
  /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})/,
  /^(?<day>\d{1,2})[-.](?<month>\d{1,2})[-.](?<year>\d{4})/,
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?!\d)/,
  /^(?:(?:sun|mon|tue|wed|thu|fri|sat)[a-z]*,? +)?(?<day>\d{1,2})(?:st|nd|rd|th)?[ -](?<name>[a-z]{3,9})\.?,?[ -](?<year>\d{4})/i,
  /^(?<name>[a-z]{3,9})\.? +(?<day>\d{1,2})(?:st|nd|rd|th)?,? +(?<year>\d{4})/i,
];

const TIME =
  /^(?:[T ] *|, *)?(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)? *(?<half>[ap]\.?m\.?)?/i;
const ZONE = /^ *(?<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}|[A-Z][A-Za-z_]+\/[A-Za-z_/+-]+)$/;

/** Words that can be part of a date which the server reads and we do not. */
const VOCABULARY =
  /^(?:t|z|am?|pm?|st|nd|rd|th|of|w|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|september|october|november|december|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|utc|gmt|[ecmp][sd]t|cet|cest|bst)$/i;

/** The moment that a text says, in a zone where the text names none; throws `ConversionFailure`. */
export function parseDate(text: string, zone: Zone): number {
  const trimmed = text.trim();
  const day = firstMatch(DAYS, trimmed);
  if (day === null) throw unreadable(text);
  const afterDay = trimmed.slice(day[0].length);
  const time = TIME.exec(afterDay);
  const rest = afterDay.slice(time?.[0].length ?? 0);
  const named = ZONE.exec(rest);
  if (named === null && rest.trim() !== "") throw unreadable(text);
  const local = localTime(day.groups ?? {}, time?.groups ?? {}, text);
  return fromLocal(local, namedZone(named?.groups?.["zone"], zone));
}

/** The zone that a text names; it must not be given twice. */
export function namedZone(name: string | undefined, zone: Zone): Zone {
  if (name === undefined) return zone;
  if (!zone.isUtc) {
    throw failure(
      "you cannot pass in a date/time string with time zone information together with a timezone argument",
    );
  }
  const minutes = parseOffset(name);
  return minutes === null ? findZone(name) : fixedZone(minutes);
}

/** The error of a text that is no date: `onError` takes its place. */
export function failure(message: string): CommandError {
  return new CommandError("ConversionFailure", message);
}

type Groups = Readonly<Record<string, string | undefined>>;

function localTime(day: Groups, time: Groups, text: string): number {
  const parts = {
    year: Number(day["year"]),
    month: day["name"] === undefined ? Number(day["month"]) : monthOf(day["name"]),
    day: Number(day["day"]),
    hour: hourOf(time),
    minute: Number(time["minute"] ?? 0),
    second: Number(time["second"] ?? 0),
    millisecond: Math.trunc(Number(`0.${time["fraction"] ?? "0"}`) * 1000),
  };
  const local = fromParts(parts);
  const isReal =
    partsOf(fromParts({ ...parts, hour: 0, minute: 0, second: 0, millisecond: 0 })).day === parts.day;
  const fits =
    parts.month >= 1 && parts.month <= 12 && parts.hour <= 24 && parts.minute < 60 && parts.second < 61;
  if (!isReal || !fits || Number.isNaN(local)) throw failure(`Error parsing date string '${text}'`);
  return local;
}

function hourOf(time: Groups): number {
  const hour = Number(time["hour"] ?? 0);
  const half = time["half"]?.toLowerCase();
  if (half === undefined) return hour;
  return (hour % 12) + (half.startsWith("p") ? 12 : 0);
}

/** 0 for what is no month: it is refused with the rest of its date. */
function monthOf(name: string): number {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

function firstMatch(expressions: readonly RegExp[], text: string): RegExpExecArray | null {
  for (const expression of expressions) {
    const found = expression.exec(text);
    if (found !== null) return found;
  }
  return null;
}

/** What the server's library may read in one of its many ways is refused: it would be wrong to call it no date. */
function unreadable(text: string): CommandError {
  const words = text.match(/[A-Za-z]+/g) ?? [];
  const isPossible = /\d/.test(text) && words.every((word) => VOCABULARY.test(word));
  return isPossible
    ? new CommandError("NotImplemented", `this server cannot read a date that is written like '${text}'`)
    : failure(`Error parsing date string '${text}'`);
}
