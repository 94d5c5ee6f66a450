import { Binary, Int32, Long, Timestamp } from "bson";
import { encodeDocument, isDocument } from "../bson/BsonDocument.ts";
import { isNumeric } from "../bson/numbers.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import { type OperatorTable, unary } from "./Operator.ts";
import { isNullish } from "../bson/values.ts";

/** Sizes in bytes, types, and the parts of a timestamp. */
export const MEASURES: OperatorTable = {
  $binarySize: unary((value) => {
    if (isNullish(value)) return null;
    if (typeof value === "string") return new Int32(Buffer.byteLength(value));
    if (value instanceof Binary) return new Int32(value.position);
    throw new CommandError(
      51276,
      `$binarySize requires a string or BinData argument, found: ${typeName(value)}`,
    );
  }),
  $bsonSize: unary((value) => {
    if (isNullish(value)) return null;
    if (isDocument(value)) return new Int32(encodeDocument(value).length);
    throw new CommandError(31393, `$bsonSize requires a document input, found: ${typeName(value)}`);
  }),
  $isNumber: unary((value) => isNumeric(value)),
  $type: unary((value) => typeName(value)),
  $tsSecond: unary((value, _context, name) => timestampPart(value, name, 5687301, ({ t }) => t)),
  $tsIncrement: unary((value, _context, name) => timestampPart(value, name, 5687302, ({ i }) => i)),
};

function timestampPart(
  value: unknown,
  name: string,
  code: number,
  part: (value: Timestamp) => number,
): unknown {
  if (isNullish(value)) return null;
  if (value instanceof Timestamp) return Long.fromNumber(part(value));
  throw new CommandError(code, `Argument to ${name} must be a timestamp, but is ${typeName(value)}`);
}
