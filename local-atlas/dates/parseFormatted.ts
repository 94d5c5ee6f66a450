import { fromIsoWeek, fromParts, partsOf } from "./calendar.ts";
import { failure, namedZone } from "./parseDate.ts";
import { fixedZone, fromLocal, type Zone } from "./zones.ts";

/** The letters that a format may have when it is read. */
export const INPUT_LETTERS = "dGHjLmMSuVYzZ%";

const READ: Readonly<Record<string, string>> = {
  d: "(?<d>\\d{1,2})",
  G: "(?<G>\\d{4})",
  H: "(?<H>\\d{1,2})",
  j: "(?<j>\\d{1,3})",
  L: "(?<L>\\d{1,3})",
  m: "(?<m>\\d{1,2})",
  M: "(?<M>\\d{2})",
  S: "(?<S>\\d{2})",
  u: "(?<u>[1-7])",
  V: "(?<V>\\d{1,2})",
  Y: "(?<Y>\\d{4})",
  z: "(?<z>Z|UTC|GMT|[+-]\\d{2}:?\\d{2}|[A-Z][A-Za-z_]+\\/[A-Za-z_/+-]+)",
  Z: "(?<Z>[+-]?\\d{1,4})",
  "%": "%",
};

type Groups = Readonly<Record<string, string | undefined>>;

/** The moment that a text says in a format, which is checked already; throws `ConversionFailure`. */
export function parseFormatted(text: string, format: string, zone: Zone): number {
  const source = format.replaceAll(/%([\s\S])|[^%]/gu, (part, letter: string | undefined) =>
    letter === undefined ? `\\u{${(part.codePointAt(0) ?? 0).toString(16)}}` : (READ[letter] ?? ""),
  );
  const found = new RegExp(`^${source}$`, "u").exec(text);
  if (found === null) throw failure(`Error parsing date string '${text}' with the format '${format}'`);
  const groups: Groups = found.groups ?? {};
  return fromLocal(localTime(groups, text), zoneOf(groups, zone));
}

function zoneOf(groups: Groups, zone: Zone): Zone {
  const { z: name, Z: minutes } = groups;
  if (minutes === undefined) return namedZone(name, zone);
  namedZone("+00:00", zone);
  return fixedZone(Number(minutes));
}

function localTime(groups: Groups, text: string): number {
  const time = {
    hour: numberOf(groups["H"]),
    minute: numberOf(groups["M"]),
    second: numberOf(groups["S"]),
    millisecond: numberOf(groups["L"]?.padEnd(3, "0")),
  };
  if (time.hour > 24 || time.minute > 59 || time.second > 60)
    throw failure(`Error parsing date string '${text}'`);
  return dayOf(groups, text) + fromParts(time);
}

function dayOf(groups: Groups, text: string): number {
  if (groups["G"] !== undefined) {
    return fromIsoWeek({
      isoWeekYear: numberOf(groups["G"]),
      isoWeek: numberOf(groups["V"] ?? "1"),
      isoDayOfWeek: numberOf(groups["u"] ?? "1"),
    });
  }
  const year = numberOf(groups["Y"]);
  if (groups["Y"] !== undefined && groups["j"] !== undefined)
    return fromParts({ year, day: numberOf(groups["j"]) });
  const [month, day] = [numberOf(groups["m"]), numberOf(groups["d"])];
  const local = fromParts({ year, month, day });
  const isWhole = groups["Y"] !== undefined && groups["m"] !== undefined && groups["d"] !== undefined;
  const read = partsOf(local);
  if (!isWhole || read.month !== month || read.day !== day) {
    throw failure(`an incomplete or wrong date/time string has been found: "${text}"`);
  }
  return local;
}

function numberOf(text: string | undefined): number {
  return Number(text ?? 0);
}
