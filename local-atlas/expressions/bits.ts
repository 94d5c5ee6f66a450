import { Int32, Long } from "bson";
import { isLong } from "../bson/numbers.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import { operands, type Operator, type OperatorTable, unary } from "./Operator.ts";
import { isNullish } from "../bson/values.ts";

/** Operations on the bits of ints and longs. */
export const BITS: OperatorTable = {
  $bitAnd: combines(-1n, (left, right) => left & right),
  $bitOr: combines(0n, (left, right) => left | right),
  $bitXor: combines(0n, (left, right) => left ^ right),
  $bitNot: unary((value, _context, name) => {
    if (isNullish(value)) return null;
    if (value instanceof Int32) return new Int32(~value.value);
    if (isLong(value)) return value.not();
    throw new CommandError("TypeMismatch", `${name} only supports int and long, not: ${typeName(value)}.`);
  }),
};

function combines(start: bigint, combine: (left: bigint, right: bigint) => bigint): Operator {
  return operands(0, Infinity, (values, _context, name) => {
    if (values.some(isNullish)) return null;
    const result = values.reduce<bigint>((total, value) => combine(total, bitsOf(value, name)), start);
    return values.some(isLong) ? Long.fromBigInt(result) : new Int32(Number(result));
  });
}

function bitsOf(value: unknown, name: string): bigint {
  if (value instanceof Int32) return BigInt(value.value);
  if (isLong(value)) return value.toBigInt();
  throw new CommandError("TypeMismatch", `${name} only supports int and long operands.`);
}
