import { isDocument } from "../bson/BsonDocument.ts";
import { documentOf } from "../bson/orderedDocument.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import { mergeObjects } from "../gatherers/collections.ts";
import { arrayOr } from "./arrays.ts";
import { operands, type OperatorTable, unary } from "./Operator.ts";
import { isNullish } from "../bson/values.ts";

/** Documents made of documents and of arrays, and arrays of documents. */
export const OBJECTS: OperatorTable = {
  $mergeObjects: operands(0, Infinity, (values) => mergeObjects(values)),
  $objectToArray: unary((value) => {
    if (isNullish(value)) return null;
    if (isDocument(value)) return Object.entries(value).map(([k, v]) => ({ k, v }));
    throw new CommandError(40390, `$objectToArray requires a document input, found: ${typeName(value)}`);
  }),
  $arrayToObject: unary((value) => {
    if (isNullish(value)) return null;
    const items = arrayOr(value, 40386, "$arrayToObject requires an array input, found: ");
    return documentOf(items.map(Array.isArray(items[0]) ? entryOfArray : entryOfObject));
  }),
};

function entryOfArray(item: unknown): readonly [string, unknown] {
  const pair = arrayOr(item, 40396, "$arrayToObject requires a consistent input format, now found: ");
  if (pair.length !== 2) {
    throw new CommandError(40397, `$arrayToObject requires an array of size 2 arrays, found ${pair.length}`);
  }
  const [key, value] = pair;
  if (typeof key !== "string") throw wrongKey(40395, key);
  return [checkKey(key), value];
}

function entryOfObject(item: unknown, index: number): readonly [string, unknown] {
  if (!isDocument(item)) {
    throw index === 0
      ? new CommandError(40398, `Unrecognised input type format for $arrayToObject: ${typeName(item)}`)
      : new CommandError(
          40391,
          `$arrayToObject requires a consistent input format, now found: ${typeName(item)}`,
        );
  }
  const names = Object.keys(item);
  if (names.length !== 2) {
    throw new CommandError(
      40392,
      `$arrayToObject requires an object keys of 'k' and 'v', found ${names.length}`,
    );
  }
  if (!Object.hasOwn(item, "k") || !Object.hasOwn(item, "v")) {
    throw new CommandError(40393, "$arrayToObject requires an object with keys 'k' and 'v'");
  }
  const { k: key, v: value } = item;
  if (typeof key !== "string") throw wrongKey(40394, key);
  return [checkKey(key), value];
}

function checkKey(key: string): string {
  if (!key.includes("\0")) return key;
  throw new CommandError(4940400, "Key field cannot contain an embedded null byte");
}

function wrongKey(code: number, key: unknown): CommandError {
  return new CommandError(code, `$arrayToObject requires keys of type string, found: ${typeName(key)}`);
}
