import { BSONRegExp } from "bson";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { Environment } from "../expressions/Environment.ts";
import { BIT_OPERATORS, bitTest } from "./bitTests.ts";
import { isOperatorDocument } from "./isOperatorDocument.ts";
import { patternTest } from "./patternTest.ts";
import type { Predicate, ValueTest } from "./Predicate.ts";
import {
  equalOrMatching,
  equalTo,
  modulo,
  oneOf,
  ofSize,
  ofType,
  ordered,
  wantsExistence,
} from "./valueTests.ts";
import { anyAt, anyWholeAt } from "./walkPath.ts";

/** What an operator on a field may know. */
interface FieldContext {
  readonly environment: Environment;
  /** What looks for a value: also in an array, but for an element of `$elemMatch`, which is taken as it is. */
  readonly find: (path: string, test: ValueTest) => Predicate;
  /** Compiles a whole filter, for `$elemMatch`. */
  readonly compileFilter: (filter: BsonDocument, environment: Environment) => Predicate;
}

type FieldOperator = (path: string, argument: unknown, context: FieldContext) => Predicate;

/** All operators on a field but `$regex` and the ones on bits. What is not here is refused. */
const OPERATORS: Readonly<Record<string, FieldOperator>> = {
  $eq: (path, argument, { environment, find }) => find(path, equalTo(argument, environment.strings)),
  $ne: (path, argument, { environment, find }) => not(find(path, differing(argument, environment))),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $in: (path, argument, { environment, find }) => find(path, oneOf("$in", argument, environment.strings)),
  $nin: (path, argument, { environment, find }) =>
    not(find(path, oneOf("$nin", argument, environment.strings))),
  $exists: (path, argument) => {
    const isThere = anyWholeAt(path, (value) => value !== undefined);
    return wantsExistence(argument) ? isThere : not(isThere);
  },
  $type: (path, argument, { find }) => find(path, ofType(argument)),
  $size: (path, argument) => anyWholeAt(path, ofSize(argument)),
  $mod: (path, argument, { find }) => find(path, modulo(argument)),
  $not: negation,
  $elemMatch: (path, argument, context) => {
    const test = elementTest(argument, context);
    return anyWholeAt(path, (value) => Array.isArray(value) && value.some(test));
  },
  $all: all,
};

const REFUSED = new Set(["$near", "$nearSphere", "$geoWithin", "$geoIntersects", "$where"]);

/** Compiles `{$gt: 1, $lt: 5}` for a path: every operator has to hold. */
export function compileFieldOperators(
  path: string,
  operators: BsonDocument,
  environment: Environment,
  compileFilter: FieldContext["compileFilter"],
): Predicate {
  return compileAll(path, operators, { environment, find: anyAt, compileFilter });
}

function compileAll(path: string, operators: BsonDocument, context: FieldContext): Predicate {
  if (Object.hasOwn(operators, "$options") && !Object.hasOwn(operators, "$regex")) {
    throw new CommandError("BadValue", "$options needs a $regex");
  }
  const tests = Object.entries(operators).flatMap(([name, argument]) =>
    name === "$options" ? [] : [compileOne(path, name, argument, operators, context)],
  );
  const [only] = tests;
  if (only !== undefined && tests.length === 1) return only;
  return (document) => tests.every((test) => test(document));
}

function compileOne(
  path: string,
  name: string,
  argument: unknown,
  siblings: BsonDocument,
  context: FieldContext,
): Predicate {
  if (name === "$regex") return context.find(path, patternTest(argument, siblings["$options"]));
  if (BIT_OPERATORS.has(name)) return context.find(path, bitTest(name, argument));
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (operator !== undefined) return operator(path, argument, context);
  if (REFUSED.has(name)) throw new CommandError("NotImplemented", `${name} is not supported`);
  throw new CommandError("BadValue", `unknown operator: ${name}`);
}

function comparison(accept: (order: number) => boolean): FieldOperator {
  return (path, argument, { environment, find }) => {
    if (argument instanceof BSONRegExp) {
      throw new CommandError("BadValue", `Can't have RegEx as arg to predicate over field '${path}'.`);
    }
    return find(path, ordered(argument, accept, environment.strings));
  };
}

function differing(argument: unknown, { strings }: Environment): ValueTest {
  if (argument instanceof BSONRegExp) throw new CommandError("BadValue", "Can't have regex as arg to $ne.");
  return equalTo(argument, strings);
}

function not(test: Predicate): Predicate {
  return (document) => !test(document);
}

function negation(path: string, argument: unknown, context: FieldContext): Predicate {
  if (argument instanceof BSONRegExp) return not(context.find(path, patternTest(argument, undefined)));
  if (!isDocument(argument)) throw new CommandError("BadValue", "$not needs a regex or a document");
  if (Object.keys(argument).length === 0) throw new CommandError("BadValue", "$not cannot be empty");
  return not(compileAll(path, argument, context));
}

const OF_OBJECTS = new Set(["$and", "$or", "$nor", "$where", "$expr", "$comment"]);

const ELEMENT = "element";

function ofElement(_path: string, test: ValueTest): Predicate {
  return (document) => test(document[ELEMENT]);
}

/** Operators are about the element itself, names are about its fields. */
function elementTest(argument: unknown, context: FieldContext): ValueTest {
  if (!isDocument(argument)) throw new CommandError("BadValue", "$elemMatch needs an Object");
  const [first = ""] = Object.keys(argument);
  if (isOperatorDocument(argument) && !OF_OBJECTS.has(first)) {
    const test = compileAll(ELEMENT, argument, { ...context, find: ofElement });
    return (value) => test({ [ELEMENT]: value });
  }
  const test = context.compileFilter(argument, context.environment);
  // An array is a document of positions here.
  return (value) => (Array.isArray(value) ? test({ ...value }) : isDocument(value) && test(value));
}

function all(path: string, argument: unknown, context: FieldContext): Predicate {
  if (!Array.isArray(argument)) throw new CommandError("BadValue", "$all needs an array");
  const isElemMatch = argument.map((item: unknown) => isDocument(item) && Object.hasOwn(item, "$elemMatch"));
  if (isElemMatch.some(Boolean) && !isElemMatch.every(Boolean)) {
    throw new CommandError("BadValue", "$all/$elemMatch has to be consistent");
  }
  const tests = argument.map((item: unknown) => {
    if (isOperatorDocument(item) && Object.hasOwn(item, "$elemMatch")) return compileAll(path, item, context);
    if (isOperatorDocument(item))
      throw new CommandError("BadValue", `no $ expressions in $all: ${typeName(item)}`);
    return context.find(path, equalOrMatching(item, context.environment.strings));
  });
  return (document) => tests.length > 0 && tests.every((test) => test(document));
}
