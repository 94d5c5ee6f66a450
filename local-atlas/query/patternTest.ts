import { BSONRegExp, BSONSymbol } from "bson";
import { CommandError } from "../errors/CommandError.ts";
import { compilePattern } from "../patterns/compilePattern.ts";
import type { ValueTest } from "./Predicate.ts";

/** Matches strings; a pattern that is stored matches the same pattern. */
export function patternTest(pattern: unknown, options: unknown): ValueTest {
  const [source, flags] = readPattern(pattern, options);
  if (source.includes("\0")) {
    throw new CommandError("BadValue", "Regular expression cannot contain an embedded null byte");
  }
  const compiled = compilePattern(source, flags, { invalid: 51091 });
  return (value) => {
    if (typeof value === "string") return compiled.test(value);
    if (value instanceof BSONSymbol) return compiled.test(value.value);
    return value instanceof BSONRegExp && value.pattern === source && value.options === sorted(flags);
  };
}

function readPattern(pattern: unknown, options: unknown): readonly [string, string] {
  if (options !== undefined && typeof options !== "string") {
    throw new CommandError("BadValue", "$options has to be a string");
  }
  if (typeof pattern === "string") return [pattern, options ?? ""];
  if (!(pattern instanceof BSONRegExp)) throw new CommandError("BadValue", "$regex has to be a string");
  if (options !== undefined && options !== pattern.options && pattern.options !== "") {
    throw new CommandError(51075, "options set in both $regex and $options");
  }
  return [pattern.pattern, options ?? pattern.options];
}

function sorted(flags: string): string {
  return [...flags].toSorted().join("");
}
