import { ObjectId, Timestamp } from "bson";
import { typeName } from "../bson/typeNames.ts";
import { findZone, UTC, type Zone } from "../dates/zones.ts";
import { CommandError } from "../errors/CommandError.ts";
import { isNullish } from "../bson/values.ts";

/** The moment that a date, a timestamp or an object id stands for, in milliseconds; `null` for anything else. */
function momentOf(value: unknown): number | null {
  if (value instanceof Date) return value.getTime();
  if (value instanceof Timestamp) return value.t * 1000;
  return value instanceof ObjectId ? value.getTimestamp().getTime() : null;
}

/** `momentOf`; throws for what is no date. */
export function asMoment(value: unknown, code = 16006): number {
  const moment = momentOf(value);
  if (moment !== null) return moment;
  throw new CommandError(code, `can't convert from BSON type ${typeName(value)} to Date`);
}

/** The zone of an argument that may be missing: UTC then; `null` for null. */
export function zoneOf(given: boolean, value: unknown, code = 40517): Zone | null {
  if (!given) return UTC;
  if (isNullish(value)) return null;
  if (typeof value === "string") return findZone(value);
  throw new CommandError(code, `timezone must evaluate to a string, found ${typeName(value)}`);
}
