import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import { named } from "./namedArguments.ts";
import type { Operator, OperatorTable } from "./Operator.ts";
import { isNullish } from "../bson/values.ts";

const SHAPE = {
  notAnObject: 50696,
  unknown: 50694,
  required: { input: 50695 },
  optional: ["chars"],
} as const;

/** Cutting characters off the ends of a string. */
export const TRIMMING: OperatorTable = {
  $trim: trims((text, isCut) => trimEnd(trimStart(text, isCut), isCut)),
  $ltrim: trims(trimStart),
  $rtrim: trims(trimEnd),
};

type Cut = (symbol: string) => boolean;

const WHITESPACE = new Set(
  "\0 \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a",
);

function trims(trim: (symbols: readonly string[], isCut: Cut) => readonly string[]): Operator {
  return named(SHAPE, (fields, _context, name) => {
    const input = textOrNull(fields.get("input"), name, "its input", 50699);
    if (input === null) return null;
    const chars = fields.has("chars") ? textOrNull(fields.get("chars"), name, "'chars'", 50700) : undefined;
    if (chars === null) return null;
    const cut = chars === undefined ? WHITESPACE : new Set(chars);
    return trim([...input], (symbol) => cut.has(symbol)).join("");
  });
}

function textOrNull(value: unknown, name: string, what: string, code: number): string | null {
  if (isNullish(value)) return null;
  if (typeof value === "string") return value;
  throw new CommandError(code, `${name} requires ${what} to be a string, got ${typeName(value)} instead.`);
}

function trimStart(symbols: readonly string[], isCut: Cut): readonly string[] {
  const first = symbols.findIndex((symbol) => !isCut(symbol));
  return first === -1 ? [] : symbols.slice(first);
}

function trimEnd(symbols: readonly string[], isCut: Cut): readonly string[] {
  return symbols.slice(0, symbols.findLastIndex((symbol) => !isCut(symbol)) + 1);
}
