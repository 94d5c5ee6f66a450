import { randomInt } from "node:crypto";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { isNumeric, toNumber } from "../bson/numbers.ts";
import { CommandError } from "../errors/CommandError.ts";
import { compileExpression } from "../expressions/compileExpression.ts";
import { BARE_ENVIRONMENT, type Environment } from "../expressions/Environment.ts";
import { isTruthy } from "../bson/values.ts";
import { compileJsonSchema } from "../validation/jsonSchema.ts";
import { compileFieldOperators } from "./fieldOperators.ts";
import { isOperatorDocument } from "./isOperatorDocument.ts";
import type { Predicate } from "./Predicate.ts";
import { equalOrMatching } from "./valueTests.ts";
import { anyAt } from "./walkPath.ts";

type Combination = (branches: readonly Predicate[]) => Predicate;

const LOGICAL: Readonly<Record<string, Combination>> = {
  $and: (branches) => (document) => branches.every((branch) => branch(document)),
  $or: (branches) => (document) => branches.some((branch) => branch(document)),
  $nor: (branches) => (document) => !branches.some((branch) => branch(document)),
};

type TopLevelOperator = (argument: unknown, environment: Environment) => Predicate;

const TOP_LEVEL: Readonly<Record<string, TopLevelOperator>> = {
  $expr: (argument, environment) => {
    const expression = compileExpression(argument, environment);
    return (root) => isTruthy(expression.evaluate({ root, bound: null }));
  },
  $comment: () => () => true,
  $alwaysTrue: () => () => true,
  $alwaysFalse: () => () => false,
  $sampleRate: (argument) => sampleRate(argument),
  $jsonSchema: (argument) => {
    if (isDocument(argument)) return compileJsonSchema(argument);
    throw new CommandError("TypeMismatch", "$jsonSchema must be an object");
  },
};

const REFUSED = new Set(["$where", "$text"]);

/** Compiles a filter once; throws `BadValue` when it is malformed or has an operator that there is not. */
export function compileFilter(filter: BsonDocument, environment: Environment = BARE_ENVIRONMENT): Predicate {
  const tests = Object.entries(filter).map(([name, condition]) => compileField(name, condition, environment));
  const [only] = tests;
  if (only !== undefined && tests.length === 1) return only;
  return (document) => tests.every((test) => test(document));
}

function compileField(name: string, condition: unknown, environment: Environment): Predicate {
  if (name.startsWith("$")) return compileTopLevel(name, condition, environment);
  if (isOperatorDocument(condition))
    return compileFieldOperators(name, condition, environment, compileFilter);
  return anyAt(name, equalOrMatching(condition, environment.strings));
}

function compileTopLevel(name: string, argument: unknown, environment: Environment): Predicate {
  const combine = Object.hasOwn(LOGICAL, name) ? LOGICAL[name] : undefined;
  if (combine !== undefined) return combine(branchesOf(name, argument, environment));
  const operator = Object.hasOwn(TOP_LEVEL, name) ? TOP_LEVEL[name] : undefined;
  if (operator !== undefined) return operator(argument, environment);
  if (REFUSED.has(name)) throw new CommandError("NotImplemented", `${name} is not supported`);
  throw new CommandError("BadValue", `unknown top level operator: ${name}`);
}

function branchesOf(name: string, argument: unknown, environment: Environment): readonly Predicate[] {
  if (!Array.isArray(argument)) throw new CommandError("BadValue", `${name} must be an array`);
  if (argument.length === 0) {
    throw new CommandError("BadValue", `$and/$or/$nor must be a nonempty array: ${name}`);
  }
  return argument.map((branch: unknown) => {
    if (isDocument(branch)) return compileFilter(branch, environment);
    throw new CommandError("BadValue", "$or/$and/$nor entries need to be full objects");
  });
}

function sampleRate(argument: unknown): Predicate {
  const rate = isNumeric(argument) ? toNumber(argument) : Number.NaN;
  if (!(rate >= 0 && rate <= 1)) {
    throw new CommandError("BadValue", "argument to $sampleRate must be a numeric value between 0 and 1");
  }
  return () => randomInt(2 ** 47) < rate * 2 ** 47;
}
