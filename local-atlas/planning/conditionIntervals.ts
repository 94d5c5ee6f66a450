import { BSONRegExp } from "bson";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { encodeKey } from "../bson/encodeKey.ts";
import { isOperatorDocument } from "../query/isOperatorDocument.ts";
import { above, below, type Interval, pointOf, textsFrom, typeInterval, united } from "./interval.ts";

/** The keys that texts equal to one may have in an index with a collation; `null` for all. */
export type TextIntervals = (text: string) => readonly Interval[] | null;

type Operator = (argument: unknown, texts: TextIntervals | null) => readonly Interval[] | null;

const OPERATORS: Readonly<Record<string, Operator>> = {
  $eq: equality,
  $in: membership,
  $gt: (value, texts) => ordered(value, texts, () => above(value, false)),
  $gte: (value, texts) => ordered(value, texts, () => above(value, true)),
  $lt: (value, texts) => ordered(value, texts, () => below(value, false)),
  $lte: (value, texts) => ordered(value, texts, () => below(value, true)),
  $exists: (wanted) => (wanted === false ? [pointOf(null)] : null),
};

/**
 * Where the keys of a field lie that a condition of a filter may match: one list of intervals for each part of the
 * condition that says something. Different elements of an array may fulfil different parts.
 */
export function conditionIntervals(
  condition: unknown,
  texts: TextIntervals | null = null,
): readonly (readonly Interval[])[] {
  if (!isOperatorDocument(condition)) return toList(equality(condition, texts));
  if (Object.hasOwn(condition, "$regex")) return patternIntervals(condition, texts);
  return Object.entries(condition).flatMap(([name, argument]) =>
    toList(OPERATORS[name]?.(argument, texts) ?? null),
  );
}

function toList(intervals: readonly Interval[] | null): readonly (readonly Interval[])[] {
  return intervals === null ? [] : [intervals];
}

function equality(value: unknown, texts: TextIntervals | null): readonly Interval[] | null {
  if (texts !== null && typeof value === "string") return texts(value);
  // A collation goes for the texts in a document too, and a pattern for texts as they were.
  if (texts !== null && (isDocument(value) || value instanceof BSONRegExp)) return null;
  if (value instanceof BSONRegExp) return pattern(value.pattern, value.options, value);
  return isScalar(value) ? [pointOf(value)] : null;
}

function membership(list: unknown, texts: TextIntervals | null): readonly Interval[] | null {
  if (!Array.isArray(list)) return null;
  const intervals = list.map((value) => equality(value, texts));
  return intervals.includes(null) ? null : united(intervals.flatMap((found) => found ?? []));
}

/** Comparison with `null`, an array or a document means more than an order of keys. */
function ordered(
  value: unknown,
  texts: TextIntervals | null,
  interval: () => Interval,
): readonly Interval[] | null {
  if (texts !== null && typeof value === "string") return null;
  if (value === null) return [pointOf(null)];
  if (!isScalar(value) || isDocument(value)) return null;
  // MinKey and MaxKey are compared with every type.
  const [type = 0] = encodeKey(value);
  return type === 1 || type === 15 ? null : [interval()];
}

/** An array is equal to a whole array or to an element: two kinds of keys. */
function isScalar(value: unknown): boolean {
  return value !== undefined && !Array.isArray(value) && !(value instanceof RegExp);
}

function patternIntervals(
  condition: BsonDocument,
  texts: TextIntervals | null,
): readonly (readonly Interval[])[] {
  const { $regex: given, $options: options, ...rest } = condition;
  const text = given instanceof BSONRegExp ? given.pattern : given;
  const flags = given instanceof BSONRegExp ? given.options : "";
  const isByBytes = typeof text === "string" && texts === null;
  const own = isByBytes ? pattern(text, `${flags}${String(options ?? "")}`, null) : null;
  return [
    ...toList(own),
    ...conditionIntervals(Object.keys(rest).length > 0 ? rest : { $comment: "" }, texts),
  ];
}

const LITERAL = /^\^([^\\^$.|?*+()[\]{}]+)(.*)$/su;

/** `^abc` names the strings that begin with `abc`; and a stored pattern equals itself. */
function pattern(text: string, options: string, whole: BSONRegExp | null): readonly Interval[] | null {
  const [, literal, rest = ""] = LITERAL.exec(text) ?? [];
  if (literal === undefined || options !== "" || text.includes("|")) return null;
  const prefix = /^[?*{]/.test(rest) ? [...literal].slice(0, -1).join("") : literal;
  if (prefix === "" || prefix.includes("\0")) return null;
  // `$regex` equals stored patterns too, whatever way it was written.
  const patterns = whole === null ? typeInterval(new BSONRegExp(text, options)) : pointOf(whole);
  return united([textsFrom(prefix), patterns]);
}
