import { BSONRegExp } from "bson";
import { Context } from "mingo/core";
import * as accumulatorOperators from "mingo/operators/accumulator";
import * as queryOperators from "mingo/operators/query";
import { Query } from "mingo/query";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { splitPath, valuesAt } from "../bson/paths.ts";
import { CommandError } from "../errors/CommandError.ts";
import { compileJsonSchema } from "../validation/jsonSchema.ts";
import { EXPRESSIONS } from "./mingoContext.ts";
import { toPlain, toPlainDocument, toRegExp } from "./plainValues.ts";
import { equalTo, isOperatorDocument, type Predicate, TYPED_OPERATORS } from "./queryOperators.ts";

type MingoOptions = ConstructorParameters<typeof Query>[1];

/** A query operator of `mingo`'s: its own type is the intersection of all of them, which nothing can satisfy. */
type MingoOperator = (
  path: string,
  argument: unknown,
  options: MingoOptions,
) => (document: BsonDocument) => boolean;

/** Variables that an expression in the filter may read (`let` of a command), by name. */
export type Variables = Readonly<Record<string, unknown>>;

const LOGICAL: ReadonlySet<string> = new Set(["$and", "$or", "$nor", "$not"]);
const UNSUPPORTED = new Set(["$where", "$text", "$near", "$nearSphere", "$geoWithin", "$geoIntersects"]);
const IGNORED = new Set(["$comment"]);

/** Compiles a filter once; throws `BadValue` when it is malformed or has an operator that we do not know. */
export function compileFilter(filter: BsonDocument, variables: Variables = {}): Predicate {
  checkOperators(filter);
  const prepared = prepareFilter(filter);
  try {
    const query = new Query(prepared, {
      context: CONTEXT,
      scriptEnabled: false,
      jsonSchemaValidator: compileJsonSchema,
      variables: toPlainDocument({ ...variables }),
    });
    return (document) => query.test(document);
  } catch (error) {
    throw error instanceof CommandError
      ? error
      : new CommandError("BadValue", messageOf(error), { cause: error });
  }
}

/** The message of a thrown value, without the prefix of the library that threw it. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/^mingo: /, "") : String(error);
}

/** On the plain copy: operators for which JavaScript's values are as good as BSON's. */
function onPlainCopy(operator: MingoOperator): MingoOperator {
  return (path, argument, options) => {
    const test = operator(path, toPlain(argument), options);
    return (document) => test(toPlainDocument(document));
  };
}

function elementMatches(path: string, argument: unknown, options: MingoOptions): Predicate {
  const test = elementTest(argument, options);
  const parts = splitPath(path);
  return (document) =>
    valuesAt(document, parts).some((value) => Array.isArray(value) && value.some((item) => test(item)));
}

function elementTest(argument: unknown, options: MingoOptions): (item: unknown) => boolean {
  if (!isDocument(argument)) throw new CommandError("BadValue", "$elemMatch needs an Object");
  const names = Object.keys(argument);
  const onValue = names.some((name) => name.startsWith("$") && !isLogical(name));
  const criteria = prepareFilter(onValue ? { value: argument } : argument);
  const query = new Query(criteria, options);
  return (item) => (onValue ? query.test({ value: item }) : isObjectLike(item) && query.test(item));
}

function isLogical(name: string): boolean {
  return LOGICAL.has(name);
}

function isObjectLike(item: unknown): item is BsonDocument {
  return isDocument(item) || Array.isArray(item);
}

function containsAll(path: string, argument: unknown, options: MingoOptions): Predicate {
  if (!Array.isArray(argument)) throw new CommandError("BadValue", "$all needs an array");
  const tests = argument.map((item: unknown) =>
    isDocument(item) && Object.hasOwn(item, "$elemMatch")
      ? elementMatches(path, item["$elemMatch"], options)
      : valueTest(path, item),
  );
  return (document) => tests.length > 0 && tests.every((test) => test(document));
}

function valueTest(path: string, item: unknown): Predicate {
  const [test, parts] = [equalTo(item), splitPath(path)];
  return (document) =>
    valuesAt(document, parts).some((value) => test(value) || (Array.isArray(value) && value.some(test)));
}

const MINGO_OPERATORS = queryOperators as unknown as Readonly<Record<string, MingoOperator>>;

const OPERATORS: Readonly<Record<string, MingoOperator>> = {
  ...Object.fromEntries(
    Object.entries(MINGO_OPERATORS).map(([name, operator]) => [
      name,
      isLogical(name) ? operator : onPlainCopy(operator),
    ]),
  ),
  ...TYPED_OPERATORS,
  $elemMatch: elementMatches,
  $all: containsAll,
};

const CONTEXT = Context.init({
  accumulator: accumulatorOperators,
  expression: EXPRESSIONS,
  query: OPERATORS as unknown as Parameters<Context["addQueryOps"]>[0],
});

function checkOperators(filter: BsonDocument): void {
  for (const [name, value] of Object.entries(filter)) {
    if (UNSUPPORTED.has(name)) throw new CommandError("NotImplemented", `${name} is not supported`);
    if (name.startsWith("$") && !IGNORED.has(name) && !Object.hasOwn(queryOperators, name)) {
      throw new CommandError("BadValue", `unknown top level operator: ${name}`);
    }
    if (isOperatorDocument(value)) checkFieldOperators(value);
    if (isLogical(name)) checkBranches(name, value);
  }
}

function checkBranches(name: string, value: unknown): void {
  if (!Array.isArray(value) || value.length === 0) {
    throw new CommandError("BadValue", `${name} must be a nonempty array`);
  }
  for (const branch of value) {
    if (!isDocument(branch)) throw new CommandError("BadValue", `${name} entries need to be full objects`);
    checkOperators(branch);
  }
}

function checkFieldOperators(operators: BsonDocument): void {
  for (const [name, value] of Object.entries(operators)) {
    if (UNSUPPORTED.has(name)) throw new CommandError("NotImplemented", `${name} is not supported`);
    if (name !== "$options" && !Object.hasOwn(queryOperators, name)) {
      throw new CommandError("BadValue", `unknown operator: ${name}`);
    }
    if (name === "$not" && isOperatorDocument(value)) checkFieldOperators(value);
  }
}

/** Brings a filter into the form that `mingo` reads: no comments, patterns as JavaScript's. */
function prepareFilter(filter: BsonDocument): BsonDocument {
  const entries = Object.entries(filter).filter(([name]) => !IGNORED.has(name));
  return Object.fromEntries(entries.map(([name, value]) => [name, prepareValue(name, value)]));
}

function prepareValue(name: string, value: unknown): unknown {
  if (Array.isArray(value) && name.startsWith("$")) {
    return value.map((item: unknown) =>
      isDocument(item) && !isOperatorDocument(item) ? prepareFilter(item) : item,
    );
  }
  if (value instanceof BSONRegExp) return { $regex: toRegExp(value) };
  if (!isOperatorDocument(value)) return isDocument(value) && !name.startsWith("$") ? { $eq: value } : value;
  return prepareOperators(value);
}

function prepareOperators(operators: BsonDocument): BsonDocument {
  const { $regex: pattern, $options: options, ...rest } = operators;
  const prepared = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, name === "$not" ? prepareValue("", value) : value]),
  );
  return pattern === undefined ? prepared : { ...prepared, $regex: toPattern(pattern, options) };
}

function toPattern(pattern: unknown, options: unknown): RegExp {
  const flags = typeof options === "string" ? options : "";
  if (pattern instanceof RegExp) return pattern;
  if (pattern instanceof BSONRegExp)
    return toRegExp(new BSONRegExp(pattern.pattern, flags || pattern.options));
  if (typeof pattern === "string") return toRegExp(new BSONRegExp(pattern, flags));
  throw new CommandError("BadValue", "$regex has to be a string");
}
