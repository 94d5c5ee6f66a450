import { IANAZone } from "luxon";
import { CommandError } from "../errors/CommandError.ts";

/** A time zone: how far its clocks are from UTC at a moment, in milliseconds. */
export interface Zone {
  readonly isUtc: boolean;
  readonly offsetAt: (milliseconds: number) => number;
}

const MINUTE = 60_000;

/** The zone of UTC. */
export const UTC: Zone = { isUtc: true, offsetAt: () => 0 };

const known = new Map<string, Zone>();

/** A zone by its name (`Europe/Berlin`) or its distance from UTC (`+02`, `+0530`, `-03:30`). */
export function findZone(name: string): Zone {
  const found = known.get(name) ?? makeZone(name);
  known.set(name, found);
  return found;
}

function makeZone(name: string): Zone {
  if (["UTC", "GMT", "Z", "Zulu", "Etc/UTC"].includes(name)) return UTC;
  const minutes = parseOffset(name);
  if (minutes !== null) return fixedZone(minutes);
  if (!IANAZone.isValidZone(name)) {
    throw new CommandError(40485, `unrecognized time zone identifier: "${name}"`);
  }
  const zone = IANAZone.create(name);
  return { isUtc: false, offsetAt: (milliseconds) => zone.offset(milliseconds) * MINUTE };
}

/** A zone whose clocks never change, by its distance from UTC in minutes. */
export function fixedZone(minutes: number): Zone {
  return minutes === 0 ? UTC : { isUtc: false, offsetAt: () => minutes * MINUTE };
}

/** Minutes from UTC; `null` for what is no distance. */
export function parseOffset(text: string): number | null {
  const [, sign, hours, minutes = "0"] = /^([+-])(\d{2}):?(\d{2})?$/.exec(text) ?? [];
  if (hours === undefined) return null;
  const distance = Number(hours) * 60 + Number(minutes);
  return sign === "-" ? -distance : distance;
}

/** What clocks in the zone show at a moment, as if it were UTC. */
export function toLocal(milliseconds: number, zone: Zone): number {
  return milliseconds + zone.offsetAt(milliseconds);
}

/**
 * The moment at which clocks in the zone show something. Where they are put forward and show it never, it is as long
 * after the jump; where they show it twice, the server's library decides by the zone's side of UTC, and so do we.
 */
export function fromLocal(local: number, zone: Zone): number {
  const guess = zone.offsetAt(local);
  const corrected = zone.offsetAt(local - guess);
  if (guess === corrected) return local - guess;
  const isBeforeChange = corrected > guess && zone.offsetAt(local - corrected) !== corrected;
  return local - (isBeforeChange ? guess : corrected);
}
