import type { Ejson, EjsonDocument } from "./changeEvent.ts";

/** A value as browsers get it: plain JSON. */
export type WireValue = null | boolean | string | number | readonly WireValue[] | WireDocument;

export interface WireDocument {
  readonly [field: string]: WireValue;
}

/**
 * Turns Extended JSON (canonical or relaxed) into plain JSON: ids as hex, times as ISO 8601, numbers as numbers.
 * The order of fields stays. Change events and reads both pass here, so equal documents become equal text. Total: a
 * type that plain JSON lacks is shown as the nearest text, never refused.
 */
export function wireValue(value: Ejson): WireValue {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return (value as readonly Ejson[]).map(wireValue);
  return wireObject(value as EjsonDocument);
}

/** Turns an Extended JSON document into plain JSON. See `wireValue`. */
export function wireDocument(document: EjsonDocument): WireDocument {
  const entries = Object.entries(document).map(([name, value]) => [name, wireValue(value)] as const);
  // fromEntries defines own properties, so that a field named __proto__ stays a field.
  return Object.fromEntries(entries);
}

function wireObject(document: EjsonDocument): WireValue {
  const fields = Object.keys(document);
  const first = fields[0];
  if (!first?.startsWith("$")) return wireDocument(document);
  const read = READERS[first];
  const plain = read?.(document[first] ?? null);
  return plain === undefined ? wireDocument(document) : plain;
}

/** A reader answers `undefined` for a value that only looks like its type; it then stays a document. */
const READERS: Readonly<Record<string, (value: Ejson) => WireValue | undefined>> = {
  $oid: text,
  $uuid: text,
  $symbol: text,
  $numberInt: decimal,
  $numberLong: decimal,
  $numberDouble: decimal,
  $numberDecimal: text,
  $date: date,
  $undefined: () => null,
  $minKey: () => "MinKey",
  $maxKey: () => "MaxKey",
  $binary: (value) => text(field(value, "base64")),
  $timestamp: timestamp,
  $regularExpression: regularExpression,
  $code: text,
};

function text(value: Ejson): WireValue | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Numbers beyond double precision stay text: a wrong digit is worse than a string. */
function decimal(value: Ejson): WireValue | undefined {
  if (typeof value !== "string") return undefined;
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  return Number.isInteger(number) && !Number.isSafeInteger(number) && /^-?\d+$/.test(value) ? value : number;
}

function date(value: Ejson): WireValue | undefined {
  const moment = new Date(typeof value === "string" ? value : Number(field(value, "$numberLong")));
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

function timestamp(value: Ejson): WireValue | undefined {
  const seconds = field(value, "t");
  const increment = field(value, "i");
  return typeof seconds === "number" && typeof increment === "number" ? `${seconds}.${increment}` : undefined;
}

function regularExpression(value: Ejson): WireValue | undefined {
  const pattern = field(value, "pattern");
  const options = field(value, "options");
  return typeof pattern === "string" && typeof options === "string" ? `/${pattern}/${options}` : undefined;
}

function field(value: Ejson, name: string): Ejson {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return null;
  return (value as EjsonDocument)[name] ?? null;
}
