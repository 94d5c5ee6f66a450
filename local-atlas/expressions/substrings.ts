import { Int32 } from "bson";
import { isNumeric, toInt32, truncated } from "../bson/numbers.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import { operands, type Operator, type OperatorTable } from "./Operator.ts";
import { asText } from "./texts.ts";
import { isNullish } from "../bson/values.ts";

const substrBytes = operands(3, 3, ([text, start, length], _context, name) =>
  bytesOf(asText(text), start, length, name),
);

/** Parts of strings and the places of parts, by bytes of UTF-8 or by code points. */
export const SUBSTRINGS: OperatorTable = {
  $substr: substrBytes,
  $substrBytes: substrBytes,
  $substrCP: operands(3, 3, ([text, start, length]) => codePointsOf(asText(text), start, length)),
  $indexOfBytes: indexOf({ text: 40091, token: 40092 }, (text) => Buffer.from(text)),
  $indexOfCP: indexOf({ text: 40093, token: 40094 }, (text) => [...text]),
};

function bytesOf(text: string, start: unknown, length: unknown, name: string): string {
  if (!isNumeric(start)) {
    throw new CommandError(16034, `${name}: starting index must be a numeric type (is ${typeName(start)})`);
  }
  if (!isNumeric(length)) {
    throw new CommandError(16035, `${name}: length must be a numeric type (is ${typeName(length)})`);
  }
  const [from, size] = [Number(truncated(start)), Number(truncated(length))];
  if (from < 0) throw new CommandError(50752, `${name}: starting index must be non-negative (got: ${from})`);
  const bytes = Buffer.from(text);
  if (isContinuation(bytes[from])) {
    throw new CommandError(28656, `${name}: Invalid range, starting index is a UTF-8 continuation byte.`);
  }
  const end = size < 0 ? bytes.length : from + size;
  if (isContinuation(bytes[end])) {
    throw new CommandError(
      28657,
      `${name}: Invalid range, ending index is in the middle of a UTF-8 character.`,
    );
  }
  return bytes.subarray(from, end).toString("utf8");
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

function codePointsOf(text: string, start: unknown, length: unknown): string {
  const from = indexOperand(start, 34450, 34451, "starting index");
  const size = indexOperand(length, 34452, 34453, "length");
  if (size < 0) throw new CommandError(34454, "$substrCP: length must be a nonnegative integer.");
  if (from < 0) throw new CommandError(34455, "$substrCP: the starting index must be nonnegative integer.");
  return [...text].slice(from, from + size).join("");
}

function indexOperand(value: unknown, notANumber: number, notAnInt: number, what: string): number {
  if (!isNumeric(value)) {
    throw new CommandError(notANumber, `$substrCP: ${what} must be a numeric type (is ${typeName(value)})`);
  }
  const index = toInt32(value);
  if (index !== null) return index;
  throw new CommandError(notAnInt, `$substrCP: ${what} cannot be represented as a 32-bit integral value`);
}

/** A start or an end of a search: a whole number that is not negative. */
export function searchBound(value: unknown, name: string, what: string): number {
  const bound = toInt32(value);
  if (bound === null) {
    throw new CommandError(
      40096,
      `${name} requires an integral ${what}, found a value of type: ${typeName(value)}`,
    );
  }
  if (bound < 0) throw new CommandError(40097, `${name} requires a nonnegative ${what}, found: ${bound}`);
  return bound;
}

function indexOf(
  codes: { readonly text: number; readonly token: number },
  units: (text: string) => Buffer | readonly string[],
): Operator {
  return operands(2, 4, ([text, token, start, end, ...none], _context, name) => {
    if (isNullish(text)) return null;
    if (typeof text !== "string") throw notAString(codes.text, name, "first", text);
    if (typeof token !== "string") throw notAString(codes.token, name, "second", token);
    const from = start === undefined ? 0 : searchBound(start, name, "starting index");
    const to = end === undefined ? Infinity : searchBound(end, name, "ending index");
    return new Int32(find(units(text), units(token), from, to + none.length));
  });
}

function find(
  text: Buffer | readonly string[],
  token: Buffer | readonly string[],
  from: number,
  to: number,
): number {
  const end = Math.min(text.length, to);
  if (from > end) return -1;
  for (let at = from; at + token.length <= end; at++) {
    if (token.every((unit, index) => text[at + index] === unit)) return at;
  }
  return -1;
}

function notAString(code: number, name: string, place: string, value: unknown): CommandError {
  return new CommandError(
    code,
    `${name} requires a string as the ${place} argument, found: ${typeName(value)}`,
  );
}
