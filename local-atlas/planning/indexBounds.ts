import type { KeyRange } from "../storage/access.ts";
import type { IndexField, IndexInfo } from "../storage/collectionInfo.ts";
import type { Constraints } from "./constraints.ts";
import { endOf, EVERYTHING, intersect, type Interval, startOf, turned, united } from "./interval.ts";

/** What a filter says about an index. */
export interface IndexBounds {
  /** For each field from the first on, as far as the filter says something. */
  readonly columns: readonly (readonly Interval[])[];
  /** How many of them hold only single values. */
  readonly points: number;
  readonly ranges: readonly KeyRange[];
}

/** More ranges than this are not worth it. */
const MAX_RANGES = 1000;

/** The part of an index in which all that match must be. */
export function boundsOf(index: IndexInfo, constraints: Constraints): IndexBounds {
  const all = columnsOf(index, constraints);
  const usable = withinLimit(index.fields, all);
  const points = usable.filter((column) => column.every(({ isPoint }) => isPoint)).length;
  return { columns: usable, points, ranges: rangesOf(index.fields, usable) };
}

/** Columns of single values, and the first other one; what follows it would not narrow the range. */
function columnsOf(index: IndexInfo, constraints: Constraints): readonly (readonly Interval[])[] {
  const columns: (readonly Interval[])[] = [];
  for (const [position, field] of index.fields.entries()) {
    const intervals = fieldIntervals(index, position, constraints);
    if (intervals === null) break;
    columns.push(intervals);
    if (field.isHashed || !intervals.every(({ isPoint }) => isPoint)) break;
  }
  return columns;
}

function fieldIntervals(
  index: IndexInfo,
  position: number,
  constraints: Constraints,
): readonly Interval[] | null {
  const field = index.fields[position];
  const lists = field === undefined ? undefined : constraints.get(field.path);
  if (field === undefined || lists === undefined || sharesArray(index, position)) return null;
  const [first, ...rest] = lists.toSorted((left, right) => weight(left) - weight(right));
  if (first === undefined) return null;
  // Of an array, one element may fulfil the one and another element the other condition.
  const intervals = index.multikey.has(position) ? first : rest.reduce(intersect, first);
  return field.isHashed && !intervals.every(({ isPoint }) => isPoint) ? null : intervals;
}

/** Single values narrow the most. */
function weight(intervals: readonly Interval[]): number {
  return intervals.every(({ isPoint }) => isPoint) ? intervals.length : Number.MAX_SAFE_INTEGER;
}

/** Two paths into one array: a key pairs values of one element, a filter may mean two. */
function sharesArray(index: IndexInfo, position: number): boolean {
  const head = headOf(index.fields[position]);
  return (
    index.multikey.has(position) &&
    index.fields.slice(0, position).some((field, at) => index.multikey.has(at) && headOf(field) === head)
  );
}

function headOf(field: IndexField | undefined): string | undefined {
  return field?.path.split(".", 1)[0];
}

function withinLimit(
  fields: readonly IndexField[],
  columns: readonly (readonly Interval[])[],
): readonly (readonly Interval[])[] {
  let product = 1;
  const end = columns.findIndex((column) => (product *= Math.max(1, column.length)) > MAX_RANGES);
  if (end === -1) return columns;
  const cut = columns.slice(0, end);
  return cut.length > 0 || fields.length === 0 ? cut : [span(columns[0] ?? [])];
}

/** One interval around many. */
function span(intervals: readonly Interval[]): readonly Interval[] {
  const [first, last] = [intervals[0], intervals.at(-1)];
  if (first === undefined || last === undefined) return intervals;
  return [{ low: first.low, high: last.high, isPoint: false }];
}

function rangesOf(
  fields: readonly IndexField[],
  columns: readonly (readonly Interval[])[],
): readonly KeyRange[] {
  const used = columns.length === 0 ? [EVERYTHING] : columns;
  return used
    .map((column, at) => united(fields[at]?.direction === -1 ? column.map(turned) : column))
    .reduce<readonly (readonly Interval[])[]>(
      (rows, column) => rows.flatMap((row) => column.map((interval) => [...row, interval])),
      [[]],
    )
    .map(toRange);
}

/** Single values first, then the interval of the last field. */
function toRange(row: readonly Interval[]): KeyRange {
  const prefix = Buffer.concat(row.slice(0, -1).map(({ low }) => low.bytes));
  const last = row.at(-1);
  if (last === undefined) return { low: prefix, high: Buffer.from([0xff]) };
  const end = endOf(last);
  return { low: Buffer.concat([prefix, startOf(last)]), high: Buffer.concat([prefix, end]) };
}
