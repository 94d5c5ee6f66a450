import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { equalValues } from "../bson/compareValues.ts";
import { isNumeric, toNumber } from "../bson/numbers.ts";
import { CommandError } from "../errors/CommandError.ts";
import { hasType, typeName, typeNumbers } from "../bson/typeNames.ts";

/** One rule of a schema: what does not satisfy it is told as the server tells it; `null` for what does. */
type Rule = (argument: unknown, value: unknown, schema: BsonDocument) => BsonDocument | null;

/** The names of JSON's types as the server understands them. */
const JSON_TYPES: Readonly<Record<string, readonly string[]>> = {
  object: ["object"],
  array: ["array"],
  number: ["number"],
  boolean: ["bool"],
  string: ["string"],
  null: ["null"],
};

const NOTES = new Set(["title", "description"]);
const REFUSED = new Set(["$ref", "$schema", "default", "definitions", "format", "id"]);

/** What a document has to be to match `{$jsonSchema: schema}`; throws `FailedToParse` for a rule that does not exist. */
export function compileJsonSchema(schema: BsonDocument): (document: BsonDocument) => boolean {
  checkSchema(schema);
  return (document) => failedRules(schema, document).length === 0;
}

/** The rules that a value does not satisfy, as `errInfo` tells them. */
export function failedRules(schema: BsonDocument, value: unknown): readonly BsonDocument[] {
  return Object.entries(schema).flatMap(([name, argument]) => {
    const told = RULES[name]?.(argument, value, schema) ?? null;
    return told === null ? [] : [{ operatorName: name, ...told }];
  });
}

function checkSchema(schema: unknown): void {
  if (!isDocument(schema)) throw new CommandError("TypeMismatch", "$jsonSchema must be an object");
  for (const [name, argument] of Object.entries(schema)) {
    if (REFUSED.has(name))
      throw new CommandError("FailedToParse", `$jsonSchema keyword '${name}' is not currently supported`);
    if (!Object.hasOwn(RULES, name) && !NOTES.has(name))
      throw new CommandError("FailedToParse", `Unknown $jsonSchema keyword: ${name}`);
    for (const inner of innerSchemas(name, argument)) checkSchema(inner);
    if (name === "type" && namesOf(argument).some((type) => !Object.hasOwn(JSON_TYPES, type)))
      throw new CommandError("BadValue", `Unknown type name alias: ${String(argument)}`);
    if (name === "bsonType") typeNumbers(argument);
  }
}

function innerSchemas(name: string, argument: unknown): readonly unknown[] {
  if (name === "not") return [argument];
  if (["allOf", "anyOf", "oneOf"].includes(name)) return Array.isArray(argument) ? argument : [argument];
  if (["properties", "patternProperties"].includes(name))
    return isDocument(argument) ? Object.values(argument) : [argument];
  if (name === "items") return Array.isArray(argument) ? argument : [argument];
  if (name === "additionalProperties" || name === "additionalItems")
    return typeof argument === "boolean" ? [] : [argument];
  return [];
}

const RULES: Readonly<Record<string, Rule>> = {
  bsonType: (types, value) => typeFailure("bsonType", types, namesOf(types), value),
  type: (types, value) =>
    typeFailure(
      "type",
      types,
      namesOf(types).flatMap((name) => JSON_TYPES[name] ?? []),
      value,
    ),
  enum: (values, value) =>
    Array.isArray(values) && values.some((allowed) => equalValues(allowed, value))
      ? null
      : failure("enum", values, "value was not found in enum", value),
  required: (names, value) => missingFields(names, value),
  properties: (properties, value) => propertyFailures(properties, value),
  patternProperties: (patterns, value) => patternFailures(patterns, value),
  additionalProperties: (allowed, value, schema) => additionalFailures(allowed, value, schema),
  minProperties: (limit, value) => sizeFailure("minProperties", limit, fieldCount(value), value, -1),
  maxProperties: (limit, value) => sizeFailure("maxProperties", limit, fieldCount(value), value, 1),
  dependencies: (dependencies, value) => dependencyFailures(dependencies, value),
  minimum: (limit, value, schema) =>
    numberFailure("minimum", limit, value, (a, b) => (schema["exclusiveMinimum"] === true ? a > b : a >= b)),
  maximum: (limit, value, schema) =>
    numberFailure("maximum", limit, value, (a, b) => (schema["exclusiveMaximum"] === true ? a < b : a <= b)),
  exclusiveMinimum: () => null,
  exclusiveMaximum: () => null,
  multipleOf: (divisor, value) => numberFailure("multipleOf", divisor, value, (a, b) => a % b === 0),
  minLength: (limit, value) => sizeFailure("minLength", limit, textLength(value), value, -1),
  maxLength: (limit, value) => sizeFailure("maxLength", limit, textLength(value), value, 1),
  pattern: (pattern, value) =>
    typeof value !== "string" || new RegExp(String(pattern), "u").test(value)
      ? null
      : failure("pattern", pattern, "regular expression did not match", value),
  minItems: (limit, value) => sizeFailure("minItems", limit, itemCount(value), value, -1),
  maxItems: (limit, value) => sizeFailure("maxItems", limit, itemCount(value), value, 1),
  uniqueItems: (wanted, value) => duplicateFailure(wanted, value),
  items: (items, value) => itemFailures(items, value),
  additionalItems: (allowed, value, schema) => additionalItemFailures(allowed, value, schema),
  allOf: (schemas, value) => allOf(schemas, value),
  anyOf: (schemas, value) =>
    matching(schemas, value) > 0 ? null : { schemasNotSatisfied: details(schemas, value) },
  oneOf: (schemas, value) =>
    matching(schemas, value) === 1 ? null : { schemasNotSatisfied: details(schemas, value) },
  not: (schema, value) =>
    isDocument(schema) && failedRules(schema, value).length > 0
      ? null
      : { specifiedAs: { not: schema }, reason: "child expression matched" },
};

function namesOf(types: unknown): readonly string[] {
  return (Array.isArray(types) ? types : [types]).map(String);
}

function failure(name: string, argument: unknown, reason: string, value: unknown): BsonDocument {
  return { specifiedAs: { [name]: argument }, reason, consideredValue: value };
}

function typeFailure(
  name: string,
  given: unknown,
  names: readonly string[],
  value: unknown,
): BsonDocument | null {
  if (hasType(value, typeNumbers(names))) return null;
  return { ...failure(name, given, "type did not match", value), consideredType: typeName(value) };
}

function missingFields(names: unknown, value: unknown): BsonDocument | null {
  if (!isDocument(value) || !Array.isArray(names)) return null;
  const missingProperties = names.filter((name) => !Object.hasOwn(value, String(name)));
  return missingProperties.length === 0 ? null : { specifiedAs: { required: names }, missingProperties };
}

function propertyFailures(properties: unknown, value: unknown): BsonDocument | null {
  if (!isDocument(value) || !isDocument(properties)) return null;
  const failed = Object.entries(properties).flatMap(([propertyName, schema]) => {
    if (!Object.hasOwn(value, propertyName) || !isDocument(schema)) return [];
    const rules = failedRules(schema, value[propertyName]);
    const description = schema["description"] === undefined ? {} : { description: schema["description"] };
    return rules.length === 0 ? [] : [{ propertyName, ...description, details: rules }];
  });
  return failed.length === 0 ? null : { propertiesNotSatisfied: failed };
}

function patternFailures(patterns: unknown, value: unknown): BsonDocument | null {
  if (!isDocument(value) || !isDocument(patterns)) return null;
  const failed = Object.entries(patterns).flatMap(([regexMatched, schema]) =>
    Object.entries(value).flatMap(([propertyName, inner]) => {
      if (!new RegExp(regexMatched, "u").test(propertyName) || !isDocument(schema)) return [];
      const rules = failedRules(schema, inner);
      return rules.length === 0 ? [] : [{ propertyName, regexMatched, details: rules }];
    }),
  );
  return failed.length === 0 ? null : { details: failed };
}

function additionalFailures(allowed: unknown, value: unknown, schema: BsonDocument): BsonDocument | null {
  if (!isDocument(value) || allowed === true) return null;
  const known = isDocument(schema["properties"]) ? schema["properties"] : {};
  const patterns = isDocument(schema["patternProperties"]) ? Object.keys(schema["patternProperties"]) : [];
  const extra = Object.keys(value).filter(
    (name) => !Object.hasOwn(known, name) && !patterns.some((pattern) => new RegExp(pattern, "u").test(name)),
  );
  if (!isDocument(allowed))
    return extra.length === 0
      ? null
      : { specifiedAs: { additionalProperties: allowed }, additionalProperties: extra };
  const failing = extra.filter((name) => failedRules(allowed, value[name]).length > 0);
  return failing.length === 0 ? null : { additionalProperties: failing };
}

function dependencyFailures(dependencies: unknown, value: unknown): BsonDocument | null {
  if (!isDocument(value) || !isDocument(dependencies)) return null;
  const failed = Object.entries(dependencies).filter(([name, needed]) => {
    if (!Object.hasOwn(value, name)) return false;
    return Array.isArray(needed)
      ? needed.some((other) => !Object.hasOwn(value, String(other)))
      : isDocument(needed) && failedRules(needed, value).length > 0;
  });
  return failed.length === 0
    ? null
    : { failingDependencies: failed.map(([conditionalProperty]) => ({ conditionalProperty })) };
}

function numberFailure(
  name: string,
  limit: unknown,
  value: unknown,
  holds: (value: number, limit: number) => boolean,
): BsonDocument | null {
  if (!isNumeric(value) || !isNumeric(limit) || holds(toNumber(value), toNumber(limit))) return null;
  return failure(
    name,
    limit,
    name === "multipleOf" ? "considered value is not a multiple of the specified value" : "comparison failed",
    value,
  );
}

function sizeFailure(
  name: string,
  limit: unknown,
  size: number | null,
  value: unknown,
  sign: 1 | -1,
): BsonDocument | null {
  if (size === null || !isNumeric(limit) || (size - toNumber(limit)) * sign <= 0) return null;
  return failure(name, limit, `specified ${name.slice(3).toLowerCase()} was not satisfied`, value);
}

function fieldCount(value: unknown): number | null {
  return isDocument(value) ? Object.keys(value).length : null;
}

function textLength(value: unknown): number | null {
  return typeof value === "string" ? [...value].length : null;
}

function itemCount(value: unknown): number | null {
  return Array.isArray(value) ? value.length : null;
}

function duplicateFailure(wanted: unknown, value: unknown): BsonDocument | null {
  if (wanted !== true || !Array.isArray(value)) return null;
  const items: readonly unknown[] = value;
  const duplicate = items.find((item, at) => items.findIndex((other) => equalValues(item, other)) < at);
  return duplicate === undefined
    ? null
    : { ...failure("uniqueItems", true, "found a duplicate item", value), duplicatedValue: duplicate };
}

function itemFailures(items: unknown, value: unknown): BsonDocument | null {
  if (!Array.isArray(value)) return null;
  for (const [itemIndex, item] of value.entries()) {
    const schema: unknown = Array.isArray(items) ? items[itemIndex] : items;
    const rules = isDocument(schema) ? failedRules(schema, item) : [];
    if (rules.length > 0)
      return { reason: "At least one item did not match the sub-schema", itemIndex, details: rules };
  }
  return null;
}

function additionalItemFailures(allowed: unknown, value: unknown, schema: BsonDocument): BsonDocument | null {
  const { items } = schema;
  if (!Array.isArray(value) || !Array.isArray(items) || allowed === true) return null;
  const extra = value.slice(items.length);
  const failing = isDocument(allowed) ? extra.filter((item) => failedRules(allowed, item).length > 0) : extra;
  return failing.length === 0
    ? null
    : { specifiedAs: { additionalItems: allowed }, additionalItems: failing };
}

function allOf(schemas: unknown, value: unknown): BsonDocument | null {
  const failed = details(schemas, value);
  return failed.length === 0 ? null : { schemasNotSatisfied: failed };
}

function details(schemas: unknown, value: unknown): readonly BsonDocument[] {
  return (Array.isArray(schemas) ? schemas : []).flatMap((schema: unknown, index) => {
    const rules = isDocument(schema) ? failedRules(schema, value) : [];
    return rules.length === 0 ? [] : [{ index, details: rules }];
  });
}

function matching(schemas: unknown, value: unknown): number {
  return (Array.isArray(schemas) ? schemas : []).filter(
    (schema: unknown) => isDocument(schema) && failedRules(schema, value).length === 0,
  ).length;
}
