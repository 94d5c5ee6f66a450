import { Binary, BSONRegExp, Decimal128, Double, MaxKey, MinKey, ObjectId, Timestamp } from "bson";
import { isDocument } from "../bson/BsonDocument.ts";
import { typeName } from "../bson/typeNames.ts";
import type { IndexInfo } from "../storage/collectionInfo.ts";
import type { Bound, Interval } from "./interval.ts";

/**
 * The part of an index that a plan goes through, as `explain` of the server writes it: for each field, its intervals in
 * the order in which they are gone through, like `(5, inf.0]`.
 */
export function describeBounds(
  index: IndexInfo,
  columns: readonly (readonly Interval[])[],
  direction: 1 | -1,
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    index.fields.map((field, at) => [
      field.path,
      describeColumn(columns[at] ?? null, field.direction === direction ? 1 : -1),
    ]),
  );
}

function describeColumn(column: readonly Interval[] | null, direction: 1 | -1): readonly string[] {
  if (column === null) return [direction === 1 ? "[MinKey, MaxKey]" : "[MaxKey, MinKey]"];
  const described = column.flatMap((interval) => describeInterval(interval, direction));
  return direction === 1 ? described : described.toReversed();
}

function describeInterval({ low, high, isPoint }: Interval, direction: 1 | -1): readonly string[] {
  // What is missing has the key of null.
  if (isPoint && low.value === null) return ["[undefined, undefined]", "[null, null]"];
  const first = endOf(low, "low");
  const last = endOf(high, "high");
  const [from, to] = direction === 1 ? [first, last] : [last, first];
  return [`${from.isInclusive ? "[" : "("}${from.text}, ${to.text}${to.isInclusive ? "]" : ")"}`];
}

interface End {
  readonly text: string;
  readonly isInclusive: boolean;
}

function endOf(bound: Bound, side: "low" | "high"): End {
  if (bound.isTypeEnd !== true) return { text: showValue(bound.value), isInclusive: bound.isInclusive };
  const ends = TYPE_ENDS[typeName(bound.value)] ?? OTHER_ENDS;
  return { text: ends[side], isInclusive: side === "low" || ends.isHighIncluded };
}

interface TypeEnds {
  readonly low: string;
  readonly high: string;
  readonly isHighIncluded: boolean;
}

const NUMBERS: TypeEnds = { low: "-inf.0", high: "inf.0", isHighIncluded: true };
const OTHER_ENDS: TypeEnds = { low: "MinKey", high: "MaxKey", isHighIncluded: true };

/** The least and the greatest value of a type. */
const TYPE_ENDS: Readonly<Record<string, TypeEnds>> = {
  int: NUMBERS,
  long: NUMBERS,
  double: NUMBERS,
  decimal: NUMBERS,
  string: { low: '""', high: "{}", isHighIncluded: false },
  bool: { low: "false", high: "true", isHighIncluded: true },
  date: {
    low: "new Date(-9223372036854775808)",
    high: "new Date(9223372036854775807)",
    isHighIncluded: true,
  },
  objectId: {
    low: "ObjectId('000000000000000000000000')",
    high: "ObjectId('ffffffffffffffffffffffff')",
    isHighIncluded: true,
  },
  timestamp: { low: "Timestamp(0, 0)", high: "Timestamp(4294967295, 4294967295)", isHighIncluded: true },
};

function showValue(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Double) return showDouble(value.valueOf());
  if (value instanceof Decimal128) return value.toString();
  if (value instanceof BSONRegExp) return `/${value.pattern}/${value.options}`;
  if (value instanceof Timestamp)
    return `Timestamp(${value.getHighBitsUnsigned()}, ${value.getLowBitsUnsigned()})`;
  if (value instanceof Binary) return `BinData(${value.sub_type}, ${value.toString("hex").toUpperCase()})`;
  if (value instanceof MinKey) return "MinKey";
  if (value instanceof MaxKey) return "MaxKey";
  if (Array.isArray(value)) return `[ ${value.map(showValue).join(", ")} ]`;
  if (!isDocument(value)) return String(value);
  const fields = Object.entries(value).map(([name, inner]) => `${name}: ${showValue(inner)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

/** A whole number keeps its point, so that it is told from an int. */
function showDouble(value: number): string {
  if (Number.isNaN(value)) return "nan.0";
  if (!Number.isFinite(value)) return value < 0 ? "-inf.0" : "inf.0";
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
