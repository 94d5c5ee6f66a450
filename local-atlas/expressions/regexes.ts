import { BSONRegExp, Int32 } from "bson";
import { CommandError } from "../errors/CommandError.ts";
import { compilePattern } from "../patterns/compilePattern.ts";
import { type Evaluated, named } from "./namedArguments.ts";
import type { Operator, OperatorTable } from "./Operator.ts";
import { isNullish } from "../bson/values.ts";

/** Searching with regular expressions. */
export const REGEXES: OperatorTable = {
  $regexMatch: searches(false, (text, pattern) => pattern.test(text)),
  $regexFind: searches(null, (text, pattern) => {
    const found = pattern.exec(text);
    return found === null ? null : describe(text, found);
  }),
  $regexFindAll: searches([], (text, pattern) =>
    [...text.matchAll(pattern)].filter(isInside(text)).map((found) => describe(text, found)),
  ),
};

type Field = "input" | "regex" | "options";

const SHAPE = {
  notAnObject: 51103,
  unknown: 31024,
  required: { input: 31022, regex: 31023 },
  optional: ["options"],
} as const;

/** A pattern is compiled once, however many documents there are. */
function searches(nothing: unknown, search: (text: string, pattern: RegExp) => unknown): Operator {
  return (argument, context, name) => {
    let last: { readonly source: string; readonly options: string; readonly pattern: RegExp } | null = null;
    const operator = named(SHAPE, (fields) => {
      const input = fields.get("input");
      if (!isNullish(input) && typeof input !== "string") {
        throw new CommandError(51104, `${name} needs 'input' to be of type string`);
      }
      const read = readPattern(fields, name);
      if (read === null) return nothing;
      const [source, options] = read;
      if (last?.source !== source || last.options !== options) {
        last = { source, options, pattern: compilePattern(source, options, { invalid: 51111 }, "g") };
      }
      last.pattern.lastIndex = 0;
      return isNullish(input) ? nothing : search(input, last.pattern);
    });
    return operator(argument, context, name);
  };
}

function readPattern(fields: Evaluated<Field>, name: string): readonly [string, string] | null {
  const [regex, options] = [fields.get("regex"), fields.get("options")];
  if (!isNullish(regex) && typeof regex !== "string" && !(regex instanceof BSONRegExp)) {
    throw new CommandError(51105, `${name} needs 'regex' to be of type string or regex`);
  }
  if (!isNullish(options) && typeof options !== "string") {
    throw new CommandError(51106, `${name} needs 'options' to be of type string`);
  }
  if (isNullish(regex)) return null;
  if (typeof regex === "string") return withoutNull(name, regex, options ?? "");
  if (!isNullish(options) && regex.options !== "") {
    throw new CommandError(
      51107,
      `${name}: found regex option(s) specified in both 'regex' and 'option' fields`,
    );
  }
  return withoutNull(name, regex.pattern, options ?? regex.options);
}

function withoutNull(name: string, source: string, options: string): readonly [string, string] {
  if (source.includes("\0"))
    throw new CommandError(51109, `${name}: regular expression cannot contain an embedded null byte`);
  if (options.includes("\0"))
    throw new CommandError(51110, `${name}: options cannot contain an embedded null byte`);
  return [source, options];
}

/** An empty match at the very end of a text is not found, but for an empty text. */
function isInside(text: string): (found: RegExpExecArray) => boolean {
  return ({ index }) => index < text.length || text === "";
}

/** Places are counted in code points. A group that took no part is null. */
function describe(text: string, found: RegExpExecArray): Record<string, unknown> {
  const [match, ...captures] = found;
  return {
    match,
    idx: new Int32(Array.from(text.slice(0, found.index)).length),
    captures: captures.map((capture: string | undefined) => capture ?? null),
  };
}
