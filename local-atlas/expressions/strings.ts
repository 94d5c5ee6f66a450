import { Int32 } from "bson";
import { compareStrings } from "../bson/compareStrings.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import { named } from "./namedArguments.ts";
import { operands, type Operator, type OperatorTable, unary } from "./Operator.ts";
import { asText, lowerCase, upperCase } from "./texts.ts";
import { isNullish } from "../bson/values.ts";

const REPLACE = {
  notAnObject: 51751,
  unknown: 51750,
  required: { input: 51749, find: 51748, replacement: 51747 },
  optional: [],
} as const;

/** Joining, splitting, replacing and measuring of strings. */
export const STRINGS: OperatorTable = {
  $concat: operands(0, Infinity, (values) => concatenate(values)),
  $toLower: unary((value) => lowerCase(asText(value))),
  $toUpper: unary((value) => upperCase(asText(value))),
  $strcasecmp: operands(
    2,
    2,
    ([left, right]) =>
      new Int32(Math.sign(compareStrings(upperCase(asText(left)), upperCase(asText(right))))),
  ),
  $split: operands(2, 2, ([text, separator]) => split(text, separator)),
  $strLenBytes: unary((value) => new Int32(Buffer.byteLength(measurable(value, "$strLenBytes", 34473)))),
  $strLenCP: unary((value) => new Int32([...measurable(value, "$strLenCP", 34471)].length)),
  $replaceOne: replaces((text, find, replacement) => text.replace(find, () => replacement)),
  $replaceAll: replaces((text, find, replacement) => text.replaceAll(find, () => replacement)),
};

function concatenate(values: readonly unknown[]): unknown {
  let result = "";
  for (const value of values) {
    if (isNullish(value)) return null;
    if (typeof value !== "string") {
      throw new CommandError(16702, `$concat only supports strings, not ${typeName(value)}`);
    }
    result += value;
  }
  return result;
}

function split(text: unknown, separator: unknown): unknown {
  if (isNullish(text) || isNullish(separator)) return null;
  if (typeof text !== "string") throw notAString(40085, "$split", "first", text);
  if (typeof separator !== "string") throw notAString(40086, "$split", "second", separator);
  if (separator === "") throw new CommandError(40087, "$split requires a non-empty separator");
  return text.split(separator);
}

function notAString(code: number, name: string, place: string, value: unknown): CommandError {
  return new CommandError(
    code,
    `${name} requires an expression that evaluates to a string as a ${place} argument, found: ${typeName(value)}`,
  );
}

function measurable(value: unknown, name: string, code: number): string {
  if (typeof value === "string") return value;
  throw new CommandError(code, `${name} requires a string argument, found: ${typeName(value)}`);
}

const WRONG_TYPE = { input: 51746, find: 51745, replacement: 51744 } as const;

function replaces(replace: (text: string, find: string, replacement: string) => string): Operator {
  return named(REPLACE, (fields, _context, name) => {
    const [input, find, replacement] = (["input", "find", "replacement"] as const).map((field) => {
      const value = fields.get(field);
      if (isNullish(value) || typeof value === "string") return value ?? null;
      throw new CommandError(
        WRONG_TYPE[field],
        `${name} requires that '${field}' be a string, found: ${typeName(value)}`,
      );
    });
    if (isNullish(input) || isNullish(find) || isNullish(replacement)) return null;
    return replace(input, find, replacement);
  });
}
