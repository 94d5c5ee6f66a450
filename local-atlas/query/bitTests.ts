import { Binary } from "bson";
import { isNumeric, toInt64 } from "../bson/numbers.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { ValueTest } from "./Predicate.ts";

/** How many of the asked bits have to be set, or clear. */
const QUANTIFIERS: Readonly<Record<string, (bits: readonly boolean[]) => boolean>> = {
  $bitsAllSet: (bits) => bits.every(Boolean),
  $bitsAllClear: (bits) => !bits.some(Boolean),
  $bitsAnySet: (bits) => bits.some(Boolean),
  $bitsAnyClear: (bits) => !bits.every(Boolean),
};

/** The operators on bits of whole numbers and of binaries. */
export const BIT_OPERATORS: ReadonlySet<string> = new Set(Object.keys(QUANTIFIERS));

/** Tests the bits at positions that the argument names: by a mask or by a list. */
export function bitTest(operator: string, argument: unknown): ValueTest {
  const positions = positionsOf(operator, argument);
  const accept = QUANTIFIERS[operator] ?? (() => false);
  return (value) => {
    const bitAt = bitsOf(value);
    return bitAt !== null && accept(positions.map(bitAt));
  };
}

function bitsOf(value: unknown): ((position: number) => boolean) | null {
  if (value instanceof Binary)
    return (position) => bitOfBytes(value.buffer.subarray(0, value.position), position);
  const whole = toInt64(value);
  // Beyond 64 bits there is the sign.
  return whole === null ? null : (position) => ((whole >> BigInt(Math.min(position, 63))) & 1n) === 1n;
}

function bitOfBytes(bytes: Uint8Array, position: number): boolean {
  return (((bytes[position >> 3] ?? 0) >> (position & 7)) & 1) === 1;
}

function positionsOf(operator: string, argument: unknown): readonly number[] {
  if (Array.isArray(argument)) return argument.map((item: unknown) => positionOf(operator, item));
  if (argument instanceof Binary) {
    const bytes = argument.buffer.subarray(0, argument.position);
    return Array.from({ length: bytes.length * 8 }, (_none, index) => index).filter((at) =>
      bitOfBytes(bytes, at),
    );
  }
  if (!isNumeric(argument)) {
    throw new CommandError("BadValue", `${operator} takes an Array, a number, or a BinData`);
  }
  const mask = toInt64(argument);
  if (mask === null) throw new CommandError("FailedToParse", `Expected an integer: ${operator}`);
  if (mask < 0n) throw new CommandError("FailedToParse", `Expected a non-negative number in: ${operator}`);
  return Array.from({ length: 64 }, (_none, index) => index).filter(
    (at) => ((mask >> BigInt(at)) & 1n) === 1n,
  );
}

function positionOf(operator: string, value: unknown): number {
  const position = toInt64(value);
  if (position !== null && position >= 0n && position < 2n ** 31n) return Number(position);
  throw new CommandError("BadValue", `bit positions of ${operator} must be integers that are not negative`);
}
