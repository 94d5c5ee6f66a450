import { ReadPreference, type ReadPreferenceMode, type TagSet } from "mongodb";
import type { Entities } from "./Entities.ts";
import { Mismatch } from "./Mismatch.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Options of the format as the driver takes them. */
export function driverOptions(options: Fields = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).flatMap(([name, value]) => {
      if (name === "readPreference" && isFields(value)) return [[name, toReadPreference(value)]];
      if (name === "returnDocument") return [[name, String(value).toLowerCase()]];
      if (name === "defaultTransactionOptions" && isFields(value)) return [[name, driverOptions(value)]];
      if (name === "timeoutMode") return [[name, String(value)]];
      return [[name, value]];
    }),
  );
}

/** An operation's arguments: options as the driver takes them, and the session that they name. */
export function driverArguments(given: Fields, entities: Entities): Record<string, unknown> {
  const args = driverOptions(given);
  const { session } = args;
  return session === undefined ? args : { ...args, session: entities.get("session", String(session)) };
}

function toReadPreference(value: Fields): ReadPreference {
  const { mode, tagSets, maxStalenessSeconds, hedge } = value;
  return new ReadPreference(toMode(mode), Array.isArray(tagSets) ? (tagSets as TagSet[]) : undefined, {
    ...(typeof maxStalenessSeconds === "number" ? { maxStalenessSeconds } : {}),
    ...(isFields(hedge) ? { hedge: { enabled: hedge["enabled"] === true } } : {}),
  });
}

function toMode(mode: unknown): ReadPreferenceMode {
  const known = Object.values(ReadPreference).find(
    (value: unknown) => typeof value === "string" && value.toLowerCase() === String(mode).toLowerCase(),
  );
  if (known === undefined) throw new Mismatch(`${String(mode)} is no read preference`);
  return known as ReadPreferenceMode;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
