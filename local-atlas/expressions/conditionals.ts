import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { Expression, Scope } from "./Expression.ts";
import { type CompileContext, compileOperands, type OperatorTable } from "./Operator.ts";
import { isNullish, isTruthy } from "../bson/values.ts";

/** Choices between expressions, of which only the chosen one is evaluated. */
export const CONDITIONALS: OperatorTable = { $cond: cond, $ifNull: ifNull, $switch: choose };

/** The fields of the other form, in the order of the first, and the codes of their absence. */
const COND_FIELDS = [
  ["if", 17080],
  ["then", 17081],
  ["else", 17082],
] as const;

function cond(argument: unknown, context: CompileContext, name: string): Expression {
  const ordered = isDocument(argument) ? namedParts(argument) : argument;
  const [condition, then, otherwise] = compileOperands(ordered, context, name, 3, 3);
  const parts = [condition, then, otherwise];
  return {
    isConstant: parts.every((part) => part?.isConstant === true),
    evaluate: (scope) => (isTruthy(condition?.evaluate(scope)) ? then : otherwise)?.evaluate(scope),
  };
}

function namedParts(argument: BsonDocument): readonly unknown[] {
  const unknown = Object.keys(argument).find((name) => !COND_FIELDS.some(([known]) => known === name));
  if (unknown !== undefined) throw new CommandError(17083, `Unrecognized parameter to $cond: ${unknown}`);
  return COND_FIELDS.map(([name, code]) => {
    if (Object.hasOwn(argument, name)) return argument[name];
    throw new CommandError(code, `Missing '${name}' parameter to $cond`);
  });
}

function ifNull(argument: unknown, context: CompileContext, name: string): Expression {
  const count = Array.isArray(argument) ? argument.length : 1;
  if (count < 2) throw new CommandError(1257300, "$ifNull needs at least two arguments, had: " + count);
  const inner = compileOperands(argument, context, name, 2, Infinity);
  return {
    isConstant: inner.every((operand) => operand.isConstant),
    evaluate: (scope) => {
      let value: unknown;
      for (const operand of inner) {
        value = operand.evaluate(scope);
        if (!isNullish(value)) return value;
      }
      return value;
    },
  };
}

interface Branch {
  readonly condition: Expression;
  readonly result: Expression;
}

function choose(argument: unknown, context: CompileContext): Expression {
  if (!isDocument(argument)) {
    throw new CommandError(40060, `$switch requires an object as an argument, found: ${typeName(argument)}`);
  }
  const { branches: given, default: otherwise, ...others } = argument;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new CommandError(40067, `$switch found an unknown argument: ${unknown}`);
  if (given !== undefined && !Array.isArray(given)) {
    throw new CommandError(40061, `$switch expected an array for 'branches', found: ${typeName(given)}`);
  }
  const branches = (given ?? []).map((branch: unknown) => compileBranch(branch, context));
  if (branches.length === 0) throw new CommandError(40068, "$switch requires at least one branch.");
  const last = Object.hasOwn(argument, "default") ? context.compile(otherwise, context) : null;
  return switchOf(branches, last);
}

function switchOf(branches: readonly Branch[], last: Expression | null): Expression {
  const possible = branches.filter(({ condition }) => !isAlwaysFalse(condition));
  if (possible.length === 0 && last === null) {
    throw new CommandError(
      40069,
      "One cannot execute a switch statement where all the cases evaluate to false without a default.",
    );
  }
  const parts = possible.flatMap((branch) => [branch.condition, branch.result]);
  return {
    isConstant: [...parts, ...(last === null ? [] : [last])].every((part) => part.isConstant),
    evaluate: (scope) => firstThatHolds(possible, last, scope),
  };
}

function isAlwaysFalse(condition: Expression): boolean {
  return condition.isConstant && !isTruthy(condition.evaluate({ root: {}, bound: null }));
}

function firstThatHolds(branches: readonly Branch[], last: Expression | null, scope: Scope): unknown {
  const found = branches.find((branch) => isTruthy(branch.condition.evaluate(scope)));
  const chosen = found?.result ?? last;
  if (chosen !== null) return chosen.evaluate(scope);
  throw new CommandError(
    40066,
    "$switch could not find a matching branch for an input, and no default was specified.",
  );
}

function compileBranch(branch: unknown, context: CompileContext): Branch {
  if (!isDocument(branch)) {
    throw new CommandError(40062, `$switch expected each branch to be an object, found: ${typeName(branch)}`);
  }
  const unknown = Object.keys(branch).find((name) => name !== "case" && name !== "then");
  if (unknown !== undefined) {
    throw new CommandError(40063, `$switch found an unknown argument to a branch: ${unknown}`);
  }
  if (!Object.hasOwn(branch, "case")) {
    throw new CommandError(40064, "$switch requires each branch have a 'case' expression");
  }
  if (!Object.hasOwn(branch, "then")) {
    throw new CommandError(40065, "$switch requires each branch have a 'then' expression.");
  }
  return {
    condition: context.compile(branch["case"], context),
    result: context.compile(branch["then"], context),
  };
}
