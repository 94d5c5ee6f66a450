import { BSONSymbol, Code, Timestamp } from "bson";
import { isNumeric, numberType, toNumber } from "../bson/numbers.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import { isNullish } from "../bson/values.ts";

/** A value as the text that operators on strings take it for; throws for what has none. */
export function asText(value: unknown): string {
  if (typeof value === "string") return value;
  if (isNullish(value)) return "";
  if (isNumeric(value)) return numberText(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof BSONSymbol) return value.value;
  if (value instanceof Code) return value.code.toString();
  if (value instanceof Timestamp) return `Timestamp(${value.t}, ${value.i})`;
  throw new CommandError(16007, `can't convert from BSON type ${typeName(value)} to String`);
}

/** A number as the server writes it: a double with 16 digits at most. */
export function numberText(value: unknown): string {
  if (!isNumeric(value)) return "";
  return numberType(value) === "double" ? doubleText(toNumber(value)) : String(value);
}

const DIGITS = 16;

/** What `%.16g` gives in C. */
function doubleText(value: number): string {
  if (Object.is(value, -0)) return "-0";
  if (!Number.isFinite(value)) return String(value);
  const [mantissa = "", exponentText = "0"] = value.toExponential(DIGITS - 1).split("e");
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < DIGITS) return withoutZeros(value.toFixed(DIGITS - 1 - exponent));
  const size = String(Math.abs(exponent)).padStart(2, "0");
  return `${withoutZeros(mantissa)}e${exponent < 0 ? "-" : "+"}${size}`;
}

function withoutZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** Upper case of the letters A to Z only, as the server has it. */
export function upperCase(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/** Lower case of the letters A to Z only. */
export function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
