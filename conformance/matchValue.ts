import { BSON, Decimal128, Double, Int32, Long } from "mongodb";
import { isDeepStrictEqual } from "node:util";
import type { Entities } from "./Entities.ts";
import { hasBsonType } from "./bsonTypes.ts";
import { Mismatch } from "./Mismatch.ts";

const { EJSON } = BSON;

type Fields = Readonly<Record<string, unknown>>;

/** Where a value stands: its path for the message, and whether it may have fields that nobody expects. */
interface Place {
  readonly path: string;
  readonly isRoot: boolean;
}

type Operator = (actual: unknown, argument: unknown, entities: Entities, place: Place) => void;

/**
 * Compares a value with what the test expects, by the format's rules. `isRoot`: documents may have further fields,
 * also those in an array. Throws `Mismatch`.
 */
export function matchValue(expected: unknown, actual: unknown, entities: Entities, place: Place): void {
  if (Array.isArray(expected)) return matchArray(expected, actual, entities, place);
  if (!isFields(expected)) return matchLeaf(expected, actual, place);
  const [name] = Object.keys(expected);
  if (name?.startsWith("$$") === true) {
    const operator = OPERATORS[name];
    if (operator === undefined) throw new Mismatch(`${place.path}: ${name} is not known`);
    return operator(actual, expected[name], entities, place);
  }
  return matchFields(expected, actual, entities, place);
}

const OPERATORS: Readonly<Record<string, Operator>> = {
  $$exists: (actual, wanted, _entities, { path }) => {
    if ((actual !== undefined) !== wanted)
      throw new Mismatch(`${path} must ${wanted === true ? "" : "not "}be there`);
  },
  $$type: (actual, types, _entities, { path }) => {
    const names = Array.isArray(types) ? types.map(String) : [String(types)];
    if (names.some((name) => hasBsonType(actual, name))) return;
    throw new Mismatch(`${path} must be of type ${names.join(" or ")}, not ${show(actual)}`);
  },
  $$unsetOrMatches: (actual, expected, entities, place) => {
    if (actual !== undefined && actual !== null) matchValue(expected, actual, entities, place);
  },
  $$matchesEntity: (actual, name, entities, place) =>
    matchValue(entities.value(String(name)), actual, entities, place),
  $$matchesHexBytes: (actual, hex, _entities, { path }) => {
    const bytes = actual instanceof Uint8Array ? Buffer.from(actual).toString("hex") : null;
    if (bytes !== String(hex).toLowerCase()) throw new Mismatch(`${path} must be the bytes ${String(hex)}`);
  },
  $$sessionLsid: (actual, name, entities, { path }) => {
    const id: unknown = entities.get("session", String(name)).id;
    if (!isDeepStrictEqual(plain(actual), plain(id)))
      throw new Mismatch(`${path} must be the id of ${String(name)}`);
  },
  $$lte: (actual, limit, _entities, { path }) => {
    if (Number(actual) > Number(limit))
      throw new Mismatch(`${path} must be at most ${String(limit)}, not ${show(actual)}`);
  },
  $$matchAsDocument: (actual, expected, entities, place) =>
    matchValue(expected, EJSON.parse(String(actual)), entities, place),
  $$matchAsRoot: (actual, expected, entities, place) =>
    matchValue(expected, actual, entities, { ...place, isRoot: true }),
};

function matchArray(expected: readonly unknown[], actual: unknown, entities: Entities, place: Place): void {
  if (!Array.isArray(actual) || actual.length !== expected.length) throw unequal(expected, actual, place);
  for (const [index, item] of expected.entries()) {
    matchValue(item, actual[index], entities, { ...place, path: `${place.path}[${index}]` });
  }
}

function matchFields(expected: Fields, actual: unknown, entities: Entities, place: Place): void {
  const found = fieldsOf(actual);
  if (found === null) throw unequal(expected, actual, place);
  for (const [name, value] of Object.entries(expected)) {
    matchValue(value, found[name], entities, { path: `${place.path}.${name}`, isRoot: false });
  }
  if (place.isRoot) return;
  const extra = Object.keys(found).filter(
    (name) => found[name] !== undefined && !Object.hasOwn(expected, name),
  );
  if (extra.length > 0)
    throw new Mismatch(`${place.path} must not have ${extra.join(", ")}: ${show(actual)}`);
}

function matchLeaf(expected: unknown, actual: unknown, place: Place): void {
  if (!isDeepStrictEqual(plain(expected), plain(actual))) throw unequal(expected, actual, place);
}

/** Numbers of all types but decimals are equal when their values are. */
function plain(value: unknown): unknown {
  if (value instanceof Long) return value.toNumber();
  if (value instanceof Int32 || value instanceof Double) return value.valueOf();
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Decimal128 || typeof value !== "object") return value;
  return EJSON.serialize({ value }, { relaxed: true });
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** The fields of a document, or of one of the driver's results, whose counts may come from their class. */
function fieldsOf(value: unknown): Fields | null {
  if (value instanceof Map) return Object.fromEntries(value);
  if (typeof value !== "object" || value === null || Array.isArray(value) || "_bsontype" in value)
    return null;
  return value as Fields;
}

function unequal(expected: unknown, actual: unknown, { path }: Place): Mismatch {
  return new Mismatch(`${path} must be ${show(expected)}, not ${show(actual)}`);
}

function show(value: unknown): string {
  if (value === undefined) return "missing";
  const text = EJSON.stringify({ value }, { relaxed: true });
  return text.slice('{"value":'.length, -1).slice(0, 400);
}
