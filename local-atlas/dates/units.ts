import { CommandError } from "../errors/CommandError.ts";
import { addMonths, dayNumber, partsOf } from "./calendar.ts";
import { fromLocal, toLocal, type Zone } from "./zones.ts";

/** The units in which dates are added, compared and cut. */
export type Unit =
  | "year"
  | "quarter"
  | "month"
  | "week"
  | "day"
  | "hour"
  | "minute"
  | "second"
  | "millisecond";

const MILLISECONDS = { hour: 3_600_000, minute: 60_000, second: 1000, millisecond: 1 } as const;
const MONTHS = { year: 12, quarter: 3, month: 1 } as const;
const DAYS = { week: 7, day: 1 } as const;
const DAY = 86_400_000;

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** The number of a weekday by its name or its first letters, 0 for Sunday; `null` for what is none. */
export function parseWeekday(text: string): number | null {
  const name = text.toLowerCase();
  const found = WEEKDAYS.findIndex((day) => day === name || day.slice(0, 3) === name);
  return found === -1 ? null : found;
}

/** Reads the name of a unit. */
export function parseUnit(text: string): Unit {
  if (isUnit(text)) return text;
  throw new CommandError("FailedToParse", `unknown time unit value: ${text}`);
}

/** Years to days are added to what clocks show, shorter units to the time that has passed. */
export function addUnits(milliseconds: number, unit: Unit, amount: number, zone: Zone): number {
  if (isShort(unit)) return milliseconds + amount * MILLISECONDS[unit];
  const local = toLocal(milliseconds, zone);
  const moved = isOfMonths(unit)
    ? addMonths(local, amount * MONTHS[unit])
    : local + amount * DAYS[unit] * DAY;
  return fromLocal(moved, zone);
}

/** How often the unit begins anew between two moments. */
export function countUnits(start: number, end: number, unit: Unit, zone: Zone, startOfWeek: number): number {
  const [from, to] = [toLocal(start, zone), toLocal(end, zone)];
  if (isShort(unit)) {
    const size = MILLISECONDS[unit];
    const shift = zone.offsetAt(end) - zone.offsetAt(start);
    return Math.floor(to / size) - Math.floor(from / size) - Math.trunc(shift / size);
  }
  if (isOfMonths(unit)) {
    return Math.floor(monthNumber(to) / MONTHS[unit]) - Math.floor(monthNumber(from) / MONTHS[unit]);
  }
  return unit === "day"
    ? dayNumber(to) - dayNumber(from)
    : weekNumber(to, startOfWeek) - weekNumber(from, startOfWeek);
}

/** The beginning of the bin of some units in which a moment lies; the first bin begins with the year 2000. */
export function truncateTo(
  milliseconds: number,
  unit: Unit,
  size: number,
  zone: Zone,
  startOfWeek: number,
): number {
  const reference = Date.UTC(2000, 0, 1);
  if (isShort(unit)) {
    return truncateFrom(milliseconds, fromLocal(reference, zone), size * MILLISECONDS[unit]);
  }
  const local = toLocal(milliseconds, zone);
  if (isOfMonths(unit)) {
    const bin = size * MONTHS[unit];
    const months = truncateFrom(monthNumber(local), monthNumber(reference), bin);
    return fromLocal(addMonths(0, months - monthNumber(0)), zone);
  }
  const saturday = 6;
  const firstDay = unit === "day" ? 0 : (startOfWeek - saturday + 7) % 7;
  const days = truncateFrom(dayNumber(local), dayNumber(reference) + firstDay, size * DAYS[unit]);
  return fromLocal(days * DAY, zone);
}

function truncateFrom(value: number, reference: number, size: number): number {
  return reference + Math.floor((value - reference) / size) * size;
}

function monthNumber(local: number): number {
  const { year, month } = partsOf(local);
  return year * 12 + month - 1;
}

/** The first of January 1970 was a Thursday. */
function weekNumber(local: number, startOfWeek: number): number {
  return Math.floor((dayNumber(local) + 4 - startOfWeek) / 7);
}

function isUnit(text: string): text is Unit {
  return Object.hasOwn(MILLISECONDS, text) || Object.hasOwn(MONTHS, text) || Object.hasOwn(DAYS, text);
}

function isShort(unit: Unit): unit is keyof typeof MILLISECONDS {
  return Object.hasOwn(MILLISECONDS, unit);
}

function isOfMonths(unit: Unit): unit is keyof typeof MONTHS {
  return Object.hasOwn(MONTHS, unit);
}
