import { CommandError } from "../errors/CommandError.ts";
import { characterClass, escapedInClass, literal } from "./characterClass.ts";
import { PatternReader, refuse } from "./PatternReader.ts";

/** The options of PCRE that MongoDB knows; `u` is always on. */
interface PatternOptions {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly extended: boolean;
}

const START = "(?<![\\s\\S])";
const END = "(?![\\s\\S])";
const END_OR_LAST_LINE = `(?=\\n?${END})`;

/** The same as PCRE has it; JavaScript's `\s` and `\R` would know other characters. */
const ESCAPES: Readonly<Record<string, string>> = {
  A: START,
  z: END,
  Z: END_OR_LAST_LINE,
  b: "\\b",
  B: "\\B",
  R: "(?:\\r\\n|[\\n\\v\\f\\r\\u0085\\u2028\\u2029])",
  N: "[^\\n]",
};

/** Compiles a pattern of PCRE as a pattern of JavaScript; `extraFlags` are JavaScript's own (`g`, `d`, `y`). */
export function compilePattern(
  pattern: string,
  options: string,
  errors: { readonly invalid: number },
  extraFlags = "",
): RegExp {
  const [rest, flags] = leadingOptions(pattern, options);
  const read = readOptions(flags);
  const translated = translate(new PatternReader(rest, errors.invalid), read);
  try {
    return new RegExp(translated, `v${read.ignoreCase ? "i" : ""}${extraFlags}`);
  } catch (error) {
    throw new CommandError(errors.invalid, `Regular expression is invalid: ${String(error)}`, {
      cause: error,
    });
  }
}

function readOptions(flags: string): PatternOptions {
  const unknown = [...flags].find((flag) => !"imsxu".includes(flag));
  if (unknown !== undefined) throw new CommandError(51108, `invalid flag in regex options: ${unknown}`);
  return {
    ignoreCase: flags.includes("i"),
    multiline: flags.includes("m"),
    dotAll: flags.includes("s"),
    extended: flags.includes("x"),
  };
}

/** `(?i)` at the very start counts for the whole pattern. */
function leadingOptions(pattern: string, options: string): readonly [string, string] {
  const [whole, flags] = /^\(\?([imsx]+)\)/.exec(pattern) ?? [];
  return whole === undefined || flags === undefined
    ? [pattern, options]
    : [pattern.slice(whole.length), options + flags];
}

function translate(reader: PatternReader, options: PatternOptions): string {
  let result = "";
  while (!reader.isDone) result += translateNext(reader, options);
  return result;
}

function translateNext(reader: PatternReader, options: PatternOptions): string {
  if (options.extended && reader.skip(/\s+|#[^\n]*(\n|$)/y) !== null) return "";
  if (reader.skip(/\(\?#[^)]*\)/y) !== null) return "";
  const quoted = reader.skip(/\\Q([\s\S]*?)(?:\\E|$)/y);
  if (quoted !== null) return [...quoted.replace(/^\\Q|\\E$/g, "")].map(literal).join("");
  const quantifier = reader.skip(/[*+?]|\{\d+(?:,\d*)?\}/y);
  if (quantifier !== null) return translateQuantifier(reader, quantifier);
  const symbol = reader.next();
  switch (symbol) {
    case "\\":
      return translateEscape(reader);
    case "[":
      return characterClass(reader);
    case "(":
      return translateGroup(reader);
    case ".":
      return options.dotAll ? "[\\s\\S]" : "[^\\n]";
    case "^":
      return options.multiline ? "(?<![^\\n])" : START;
    case "$":
      return options.multiline ? "(?![^\\n])" : END_OR_LAST_LINE;
    case ")":
    case "|":
      return symbol;
    default:
      return literal(symbol);
  }
}

function translateQuantifier(reader: PatternReader, quantifier: string): string {
  if (reader.skip(/\+/y) !== null) refuse("a possessive quantifier");
  return quantifier + (reader.skip(/\?/y) ?? "");
}

function translateGroup(reader: PatternReader): string {
  const name = reader.match(/\?(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/y);
  if (name !== null) return `(?<${name[1] ?? name[2] ?? ""}>`;
  const back = reader.match(/\?P=(\w+)\)/y);
  if (back !== null) return `\\k<${back[1] ?? ""}>`;
  const kind = reader.skip(/\?(?::|=|!|<=|<!|[imsx]+:)/y);
  if (kind !== null && /[msx]/.test(kind)) refuse("options m, s and x of a group");
  if (kind !== null) return `(${kind}`;
  if (reader.skip(/[?*]/y) !== null) refuse("this kind of group");
  return "(";
}

function translateEscape(reader: PatternReader): string {
  const reference = reader.match(/(?:g\{?(\d+)\}?|([1-9]\d*))/y);
  if (reference !== null) return `(?:\\${reference[1] ?? reference[2] ?? ""})`;
  const named = reader.match(/[kg](?:\{(\w+)\}|<(\w+)>|'(\w+)')/y);
  if (named !== null) return `\\k<${named[1] ?? named[2] ?? named[3] ?? ""}>`;
  const [symbol = ""] = reader.peek(1);
  const known = Object.hasOwn(ESCAPES, symbol) ? ESCAPES[symbol] : undefined;
  if (known === undefined) return escapedInClass(reader);
  reader.next();
  return known;
}
