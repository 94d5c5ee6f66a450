import { type PatternReader, refuse } from "./PatternReader.ts";

/** The classes of PCRE without Unicode properties: JavaScript's `\s` would know more. */
const CLASSES: Readonly<Record<string, string>> = {
  d: "[0-9]",
  D: "[^0-9]",
  w: "[A-Za-z0-9_]",
  W: "[^A-Za-z0-9_]",
  s: "[\\t\\n\\v\\f\\r ]",
  S: "[^\\t\\n\\v\\f\\r ]",
  h: "[\\t\\p{Zs}\\u180e]",
  H: "[^\\t\\p{Zs}\\u180e]",
  v: "[\\n\\v\\f\\r\\u0085\\u2028\\u2029]",
  V: "[^\\n\\v\\f\\r\\u0085\\u2028\\u2029]",
};

const CONTROLS: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  f: "\f",
  e: "\u001b",
  a: "\u0007",
};

const POSIX: Readonly<Record<string, string>> = {
  alpha: "A-Za-z",
  digit: "0-9",
  alnum: "A-Za-z0-9",
  upper: "A-Z",
  lower: "a-z",
  space: "\\t\\n\\v\\f\\r ",
  blank: "\\t ",
  punct: "\\x21-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7e",
  xdigit: "0-9A-Fa-f",
  word: "A-Za-z0-9_",
  cntrl: "\\x00-\\x1f\\x7f",
  graph: "\\x21-\\x7e",
  print: "\\x20-\\x7e",
  ascii: "\\x00-\\x7f",
};

const GENERAL_CATEGORIES = /^(?:C[cfnos]?|L[lmotuC]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?)$/;

/** A character that stands for itself, in a form that has no other meaning. */
export function literal(symbol: string): string {
  return /^[A-Za-z0-9_]$/.test(symbol) ? symbol : `\\u{${(symbol.codePointAt(0) ?? 0).toString(16)}}`;
}

/** Translates a class in brackets, of which the first one is read already. */
export function characterClass(reader: PatternReader): string {
  let result = reader.skip(/\^/y) === null ? "[" : "[^";
  // A bracket that closes stands for itself where the class would be empty.
  if (reader.skip(/\]/y) !== null) result += literal("]");
  while (reader.skip(/\]/y) === null) result += nextOfClass(reader);
  return `${result}]`;
}

function nextOfClass(reader: PatternReader): string {
  const posix = reader.match(/\[:(\^?)([a-z]+):\]/y);
  if (posix !== null) return posixClass(reader, posix[1] === "^", posix[2] ?? "");
  const start = atomOfClass(reader);
  if (start.startsWith("[") || !isRange(reader)) return start;
  reader.next();
  const end = atomOfClass(reader);
  if (end.startsWith("[") || end.startsWith("\\p")) return `${start}${literal("-")}${end}`;
  return `${start}-${end}`;
}

function isRange(reader: PatternReader): boolean {
  const ahead = reader.peek(2);
  return ahead.startsWith("-") && ahead.length === 2 && !ahead.endsWith("]");
}

function atomOfClass(reader: PatternReader): string {
  const symbol = reader.next();
  if (symbol !== "\\") return literal(symbol);
  return reader.skip(/b/y) === null ? escapedInClass(reader) : literal("\b");
}

function posixClass(reader: PatternReader, isNegated: boolean, name: string): string {
  const members = Object.hasOwn(POSIX, name) ? POSIX[name] : undefined;
  if (members === undefined) throw reader.fail(`unknown class ${name}`);
  return `[${isNegated ? "^" : ""}${members}]`;
}

/** An escape that stands for a character or a class; the backslash is read already. */
export function escapedInClass(reader: PatternReader): string {
  const property = reader.match(/([pP])(?:\{(\^?)([A-Za-z_&]+)\}|([A-Z]))/y);
  if (property !== null) return unicodeProperty(property);
  const code = reader.match(/x\{([0-9A-Fa-f]+)\}|x([0-9A-Fa-f]{1,2})|(0[0-7]{0,2})|o\{([0-7]+)\}/y);
  if (code !== null) return literal(codePoint(code));
  const symbol = reader.next();
  const known = Object.hasOwn(CLASSES, symbol) ? CLASSES[symbol] : undefined;
  if (known !== undefined) return known;
  const control = Object.hasOwn(CONTROLS, symbol) ? CONTROLS[symbol] : undefined;
  if (control !== undefined) return literal(control);
  if (/[A-Za-z0-9]/.test(symbol)) refuse(`\\${symbol}`);
  return literal(symbol);
}

function codePoint([, braced, hex, octal, bracedOctal]: RegExpExecArray): string {
  const hexadecimal = braced ?? hex;
  const value =
    hexadecimal === undefined
      ? Number.parseInt(octal ?? bracedOctal ?? "0", 8)
      : Number.parseInt(hexadecimal, 16);
  return String.fromCodePoint(Math.min(value, 0x10_ff_ff));
}

function unicodeProperty([, kind = "p", negation = "", braced, single]: RegExpExecArray): string {
  const name = braced === "L&" ? "LC" : (braced ?? single ?? "");
  const isNegated = (kind === "P") !== (negation === "^");
  if (name === "Any") return isNegated ? "[^\\p{Any}]" : "[\\p{Any}]";
  if (name.startsWith("X")) refuse(`\\p{${name}}`);
  const value = GENERAL_CATEGORIES.test(name) ? name : `Script=${name}`;
  return `[\\${isNegated ? "P" : "p"}{${value}}]`;
}
