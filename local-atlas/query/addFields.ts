import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { splitPath } from "../bson/paths.ts";
import { CommandError } from "../errors/CommandError.ts";
import { MINGO_STAGES } from "./mingoStages.ts";
import type { Stage } from "./runStages.ts";

/**
 * `$addFields` and `$set`: `mingo` calculates the values, and we put them in, since it leaves out the documents inside
 * of arrays.
 */
export const addFields: Stage = (documents, argument, context) => {
  if (!isDocument(argument) || Object.keys(argument).length === 0) {
    throw new CommandError("BadValue", "$addFields specification must be a non-empty object");
  }
  const fields = flatten(argument, "");
  const calculate = MINGO_STAGES["$replaceWith"];
  if (calculate === undefined) throw new Error("mingo has no $replaceWith");
  const expressions = Object.fromEntries(fields.map(([, expression], index) => [`v${index}`, expression]));
  const calculated = calculate(documents, expressions, context);
  return documents.map((document, at) => {
    const values = calculated[at] ?? {};
    return fields.reduce<BsonDocument>((result, [path], index) => {
      const next = putAt(result, splitPath(path), values[`v${index}`]);
      return isDocument(next) ? next : result;
    }, document);
  });
};

/** `{a: {b: 1}}` sets `a.b`, it does not replace `a`. */
function flatten(fields: BsonDocument, prefix: string): readonly (readonly [string, unknown])[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    if (name === "" || name.startsWith("$")) {
      throw new CommandError("BadValue", `FieldPath field names may not start with '$': '${name}'`);
    }
    const names = isDocument(value) ? Object.keys(value) : [];
    const isNested = isDocument(value) && names.length > 0 && !names.some((key) => key.startsWith("$"));
    return isNested ? flatten(value, `${prefix}${name}.`) : [[prefix + name, value] as const];
  });
}

/** In every element of an array on the way; what is no document becomes one. A missing value removes the field. */
function putAt(current: unknown, parts: readonly string[], value: unknown): unknown {
  const [part, ...rest] = parts;
  if (part === undefined) return value;
  if (Array.isArray(current)) return current.map((item: unknown) => putAt(item, parts, value));
  const document = isDocument(current) ? current : {};
  const next = putAt(Object.hasOwn(document, part) ? document[part] : undefined, rest, value);
  if (next !== undefined) return { ...document, [part]: next };
  const { [part]: _removed, ...others } = document;
  return others;
}
