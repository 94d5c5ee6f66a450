import { isNumeric, toInt32 } from "../bson/numbers.ts";
import { isTypeName, typeName, typeOfNumber } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import { CONVERSIONS } from "./conversions.ts";
import { type Evaluated, named } from "./namedArguments.ts";
import { type Operator, type OperatorTable, unary } from "./Operator.ts";
import { isNullish } from "../bson/values.ts";

/** Values of one type as another. */
export const CONVERT: OperatorTable = {
  $convert: named(
    {
      notAnObject: "FailedToParse",
      unknown: "FailedToParse",
      required: { input: "FailedToParse", to: "FailedToParse" },
      optional: ["onError", "onNull"],
    },
    convertNamed,
  ),
  $toBool: shortcut("bool"),
  $toDate: shortcut("date"),
  $toDecimal: shortcut("decimal"),
  $toDouble: shortcut("double"),
  $toInt: shortcut("int"),
  $toLong: shortcut("long"),
  $toObjectId: shortcut("objectId"),
  $toString: shortcut("string"),
};

function shortcut(type: string): Operator {
  const operator = unary((value) => (isNullish(value) ? null : convert(value, type)));
  return (argument, context, name) => {
    const count = Array.isArray(argument) ? argument.length : 1;
    if (count !== 1) throw new CommandError(50723, `${name} requires a single argument, got ${count}`);
    return operator(argument, context, name);
  };
}

function convert(value: unknown, type: string): unknown {
  const conversion = Object.hasOwn(CONVERSIONS, type) ? CONVERSIONS[type] : undefined;
  if (conversion !== undefined) return conversion(value);
  throw new CommandError(
    "ConversionFailure",
    `Unsupported conversion from ${typeName(value)} to ${type} in $convert with no onError value`,
  );
}

function convertNamed(fields: Evaluated<"input" | "to" | "onError" | "onNull">): unknown {
  const target = fields.get("to");
  const value = fields.get("input");
  const type = isNullish(target) ? null : targetType(target);
  if (isNullish(value)) return fields.has("onNull") ? fields.get("onNull") : null;
  if (type === null) return null;
  try {
    return convert(value, type);
  } catch (error) {
    const isConversion = error instanceof CommandError && error.codeName === "ConversionFailure";
    if (isConversion && fields.has("onError")) return fields.get("onError");
    throw error;
  }
}

function targetType(target: unknown): string {
  if (typeof target === "string") {
    if (target === "missing" || isTypeName(target)) return target;
    throw new CommandError("BadValue", `Unknown type name: ${target}`);
  }
  if (!isNumeric(target)) {
    throw new CommandError(
      "FailedToParse",
      `$convert's 'to' argument must be a string or number, but is ${typeName(target)}`,
    );
  }
  const number = toInt32(target);
  const type = number === null ? null : typeOfNumber(number);
  if (type !== null) return type;
  throw new CommandError(
    "FailedToParse",
    "In $convert, numeric value for 'to' does not correspond to a BSON type",
  );
}
