import { Int32, Long, Timestamp } from "bson";
import { isDocument } from "../bson/BsonDocument.ts";
import { compareValues, sameValues } from "../bson/compareValues.ts";
import { add, multiply } from "../bson/arithmetic.ts";
import { type BsonNumber, isLong, isNumeric } from "../bson/numbers.ts";
import { MISSING } from "../bson/paths.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { Environment } from "../expressions/Environment.ts";
import { typeName } from "../bson/typeNames.ts";
import type { OperatorTable } from "./UpdateOperator.ts";

/** The operators on a single field. */
export const FIELD_OPERATORS: OperatorTable = {
  $set: { creates: true, apply: (current, value) => (sameValues(current, value) ? current : value) },
  $setOnInsert: {
    creates: true,
    apply: (current, value, { isInsert }) => (isInsert ? value : current),
    skip: ({ isInsert }) => !isInsert,
  },
  $unset: { creates: false, apply: () => MISSING },
  $inc: { creates: true, apply: (current, amount) => calculate("$inc", current, amount, add) },
  $mul: { creates: true, apply: (current, factor) => calculate("$mul", current, factor, multiply) },
  $min: {
    creates: true,
    apply: (current, value, { environment }) => pick(current, value, environment, (order) => order < 0),
  },
  $max: {
    creates: true,
    apply: (current, value, { environment }) => pick(current, value, environment, (order) => order > 0),
  },
  $currentDate: {
    creates: true,
    apply: (_current, type, { environment }) => currentDate(type, environment),
  },
  $bit: { creates: true, apply: (current, operations) => bitwise(current, operations) },
};

function calculate(
  operator: "$inc" | "$mul",
  current: unknown,
  argument: unknown,
  operation: (left: BsonNumber, right: BsonNumber) => BsonNumber | null,
): unknown {
  if (!isNumeric(argument)) {
    throw new CommandError(
      "TypeMismatch",
      `Cannot apply ${operator} with a value of type ${typeName(argument)}`,
    );
  }
  if (current === MISSING) return operator === "$inc" ? argument : operation(argument, new Int32(0));
  if (!isNumeric(current)) {
    throw new CommandError(
      "TypeMismatch",
      `Cannot apply ${operator} to a value of non-numeric type: the field is a ${typeName(current)}`,
    );
  }
  const result = operation(current, argument);
  if (result === null)
    throw new CommandError("BadValue", `Failed to apply ${operator}: the result overflows a long`);
  return sameValues(current, result) ? current : result;
}

function pick(
  current: unknown,
  value: unknown,
  { strings }: Environment,
  isBetter: (order: number) => boolean,
): unknown {
  return current === MISSING || isBetter(compareValues(value, current, strings)) ? value : current;
}

function currentDate(type: unknown, { now }: Environment): unknown {
  if (typeof type === "boolean") return now;
  const name = isDocument(type) ? type["$type"] : undefined;
  if (name === "date") return now;
  if (name === "timestamp") return new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 });
  throw new CommandError("BadValue", "$currentDate needs a boolean or {$type: 'date' | 'timestamp'}");
}

const BITWISE: Readonly<Record<string, (left: bigint, right: bigint) => bigint>> = {
  and: (left, right) => left & right,
  or: (left, right) => left | right,
  xor: (left, right) => left ^ right,
};

function bitwise(current: unknown, operations: unknown): unknown {
  const entries = isDocument(operations) ? Object.entries(operations) : [];
  if (entries.length === 0) throw new CommandError("BadValue", "$bit needs a document with and, or or xor");
  const start: unknown = current ?? new Int32(0);
  return entries.reduce((value, [name, argument]) => bitwiseOnce(value, name, argument), start);
}

function bitwiseOnce(value: unknown, name: string, argument: unknown): unknown {
  const operation = BITWISE[name];
  if (operation === undefined) throw new CommandError("BadValue", `$bit does not know '${name}'`);
  const [left, right] = [toBits(value), toBits(argument)];
  if (left === null || right === null) throw new CommandError("BadValue", "$bit needs ints or longs");
  const result = operation(left, right);
  return value instanceof Int32 && argument instanceof Int32
    ? new Int32(Number(result))
    : Long.fromBigInt(result);
}

function toBits(value: unknown): bigint | null {
  if (value instanceof Int32) return BigInt(value.value);
  return isLong(value) ? value.toBigInt() : null;
}
