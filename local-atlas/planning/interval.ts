import { MaxKey, MinKey } from "bson";
import { encodeKey } from "../bson/encodeKey.ts";
import { afterPrefix } from "../storage/access.ts";
import { inverted } from "../storage/indexKeys.ts";

/** Where an interval of keys ends: at all keys that begin with these bytes, with or without them. */
export interface Bound {
  readonly bytes: Buffer;
  readonly isInclusive: boolean;
  /** What it stands for. */
  readonly value: unknown;
  /** It stands for all values of the type of its value. */
  readonly isTypeEnd?: boolean;
}

/** Keys of one field between two bounds. */
export interface Interval {
  readonly low: Bound;
  readonly high: Bound;
  /** It holds one value only, so that what follows it in the index stays in order. */
  readonly isPoint: boolean;
}

const NOTHING = Buffer.alloc(0);

/** Every key. */
export const EVERYTHING: readonly Interval[] = [
  {
    low: { bytes: NOTHING, isInclusive: true, value: new MinKey() },
    high: { bytes: NOTHING, isInclusive: true, value: new MaxKey() },
    isPoint: false,
  },
];

/** The keys of one value. */
export function pointOf(value: unknown): Interval {
  const bound = { bytes: encodeKey(value), isInclusive: true, value };
  return { low: bound, high: bound, isPoint: true };
}

/** The keys of the texts that begin with one. */
export function textsFrom(prefix: string): Interval {
  const bytes = encodeKey(prefix).subarray(0, -1);
  const next = prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);
  return {
    low: { bytes, isInclusive: true, value: prefix },
    high: { bytes: afterPrefix(bytes), isInclusive: false, value: next },
    isPoint: false,
  };
}

/** The keys of all values of a type; `value` is the one that they are told by. */
export function typeInterval(value: unknown): Interval {
  const bound = { bytes: encodeKey(value).subarray(0, 1), isInclusive: true, value };
  return { low: bound, high: bound, isPoint: false };
}

/** The keys of a value's type above it, or with it. */
export function above(value: unknown, isInclusive: boolean): Interval {
  const bytes = encodeKey(value);
  return { low: { bytes, isInclusive, value }, high: typeBound(bytes, value), isPoint: false };
}

/** The keys of a value's type below it, or with it. */
export function below(value: unknown, isInclusive: boolean): Interval {
  const bytes = encodeKey(value);
  return { low: typeBound(bytes, value), high: { bytes, isInclusive, value }, isPoint: false };
}

/** The keys that are in one interval of each list. */
export function intersect(left: readonly Interval[], right: readonly Interval[]): readonly Interval[] {
  return left.flatMap((a) => right.flatMap((b) => overlap(a, b) ?? []));
}

/** In order and without overlaps. */
export function united(intervals: readonly Interval[]): readonly Interval[] {
  const result: Interval[] = [];
  for (const next of intervals.toSorted((a, b) => Buffer.compare(startOf(a), startOf(b)))) {
    const last = result.at(-1);
    if (last === undefined || Buffer.compare(endOf(last), startOf(next)) <= 0) result.push(next);
    else if (Buffer.compare(endOf(last), endOf(next)) < 0)
      result[result.length - 1] = { low: last.low, high: next.high, isPoint: false };
  }
  return result;
}

/** True when every key of the first list is in the second. */
export function isWithin(inner: readonly Interval[], outer: readonly Interval[]): boolean {
  return inner.every((a) =>
    outer.some((b) => Buffer.compare(startOf(b), startOf(a)) <= 0 && Buffer.compare(endOf(a), endOf(b)) <= 0),
  );
}

/** The same keys as a descending field has them. */
export function turned({ low, high, isPoint }: Interval): Interval {
  return {
    low: { ...high, bytes: inverted(high.bytes) },
    high: { ...low, bytes: inverted(low.bytes) },
    isPoint,
  };
}

/** The first key that an interval may hold. */
export function startOf({ low }: Interval): Buffer {
  return low.isInclusive ? low.bytes : afterPrefix(low.bytes);
}

/** The first key after an interval. */
export function endOf({ high }: Interval): Buffer {
  return high.isInclusive ? afterPrefix(high.bytes) : high.bytes;
}

function typeBound(key: Buffer, value: unknown): Bound {
  return { bytes: key.subarray(0, 1), isInclusive: true, value, isTypeEnd: true };
}

function overlap(a: Interval, b: Interval): Interval | null {
  const low = Buffer.compare(startOf(a), startOf(b)) >= 0 ? a.low : b.low;
  const high = Buffer.compare(endOf(a), endOf(b)) <= 0 ? a.high : b.high;
  const both = { low, high, isPoint: a.isPoint || b.isPoint };
  return Buffer.compare(startOf(both), endOf(both)) < 0 ? both : null;
}
