import { CommandError } from "../errors/CommandError.ts";
import { dayOfYear, isoWeekOf, partsOf, weekday, weekOfYear } from "./calendar.ts";
import { toLocal, type Zone } from "./zones.ts";

interface Moment {
  readonly local: number;
  /** Minutes from UTC. */
  readonly offset: number;
}

/** What each letter of a format stands for. */
const LETTERS: Readonly<Record<string, (moment: Moment) => string>> = {
  d: ({ local }) => padded(partsOf(local).day, 2),
  G: ({ local }) => padded(isoWeekOf(local).isoWeekYear, 4),
  H: ({ local }) => padded(partsOf(local).hour, 2),
  j: ({ local }) => padded(dayOfYear(local), 3),
  L: ({ local }) => padded(partsOf(local).millisecond, 3),
  m: ({ local }) => padded(partsOf(local).month, 2),
  M: ({ local }) => padded(partsOf(local).minute, 2),
  S: ({ local }) => padded(partsOf(local).second, 2),
  u: ({ local }) => String(isoWeekOf(local).isoDayOfWeek),
  U: ({ local }) => padded(weekOfYear(local), 2),
  V: ({ local }) => padded(isoWeekOf(local).isoWeek, 2),
  w: ({ local }) => String(weekday(local) + 1),
  Y: ({ local }) => padded(partsOf(local).year, 4),
  z: ({ offset }) => offsetText(offset),
  Z: ({ offset }) => String(offset),
  "%": () => "%",
};

/** Throws for a format with a letter that there is not. */
export function checkFormat(format: string, letters: string): void {
  for (const [part] of format.matchAll(/%([\s\S]?)/gu)) {
    if (part === "%") throw new CommandError(18535, "Unmatched '%' at end of format string");
    if (!letters.includes(part.slice(1))) {
      throw new CommandError(18536, `Invalid format character '${part}' in format string`);
    }
  }
}

/** The letters that `formatDate` knows. */
export const OUTPUT_LETTERS = Object.keys(LETTERS).join("");

/** A date as text; the format is checked already. */
export function formatDate(milliseconds: number, format: string, zone: Zone): string {
  const moment = { local: toLocal(milliseconds, zone), offset: zone.offsetAt(milliseconds) / 60_000 };
  return format.replaceAll(/%([\s\S])/gu, (_part, letter: string) => LETTERS[letter]?.(moment) ?? "");
}

function padded(value: number, width: number): string {
  if (value < 0 || value > 9999) {
    throw new CommandError(
      18537,
      `Could not convert date to string: date component was outside the supported range of 0-9999: ${value}`,
    );
  }
  return String(value).padStart(width, "0");
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${padded(Math.floor(size / 60), 2)}${padded(size % 60, 2)}`;
}
