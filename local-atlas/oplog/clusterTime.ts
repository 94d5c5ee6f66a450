import { Timestamp } from "bson";
import { timestampHex } from "../bson/compareValues.ts";

/** Seconds since 1970 and a counter within the second, as 16 hex digits: text order is time order. */
export type Time = string;

/** Before everything. */
export const TIME_ZERO: Time = "0".repeat(16);

/** Writes a cluster time. */
export function formatTime(seconds: number, increment: number): Time {
  return seconds.toString(16).padStart(8, "0") + increment.toString(16).padStart(8, "0");
}

/** The seconds since 1970 of a time. */
export function secondsOf(time: Time): number {
  return Number.parseInt(time.slice(0, 8), 16);
}

/** The counter within the second. */
export function incrementOf(time: Time): number {
  return Number.parseInt(time.slice(8), 16);
}

/** The time just before a time. */
export function before(time: Time): Time {
  return (BigInt(`0x${time}`) - 1n).toString(16).padStart(16, "0");
}

/** The time as BSON holds it. */
export function toTimestamp(time: Time): Timestamp {
  return new Timestamp({ t: secondsOf(time), i: incrementOf(time) });
}

/** The time in a BSON timestamp. */
export function fromTimestamp(timestamp: Timestamp): Time {
  return timestampHex(timestamp);
}
