import { randomInt } from "node:crypto";
import { Double } from "bson";
import { isDocument } from "../bson/BsonDocument.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import { bind, constant, type Expression } from "./Expression.ts";
import { checkNewVariable } from "./fieldPath.ts";
import { fieldsOf } from "./namedArguments.ts";
import type { CompileContext, OperatorTable } from "./Operator.ts";

const literalOf = (value: unknown): Expression => constant(value);

/** Variables, values that are no expressions, and chance. */
export const VARIABLES: OperatorTable = {
  $let: letVariables,
  $literal: literalOf,
  $const: literalOf,
  $rand: (argument) => {
    const isEmpty =
      (isDocument(argument) && Object.keys(argument).length === 0) ||
      (Array.isArray(argument) && argument.length === 0);
    if (!isEmpty) throw new CommandError(3040501, "$rand does not currently accept arguments");
    return { evaluate: () => new Double(randomInt(2 ** 47) / 2 ** 47), isConstant: false };
  },
};

const LET = {
  notAnObject: 16874,
  unknown: 16875,
  required: { vars: 16876, in: 16877 },
  optional: [],
} as const;

function letVariables(argument: unknown, context: CompileContext, name: string): Expression {
  const { vars, in: inner } = fieldsOf(argument, name, LET);
  if (!isDocument(vars)) {
    throw new CommandError(10065, `invalid parameter: expected an object (vars), found ${typeName(vars)}`);
  }
  const values = Object.entries(vars).map(([variable, value]) => {
    checkNewVariable(variable);
    return [variable, context.compile(value, context)] as const;
  });
  const bound = new Set([...context.bound, ...values.map(([variable]) => variable)]);
  const result = context.compile(inner, { ...context, bound });
  return {
    isConstant: result.isConstant,
    evaluate: (scope) =>
      result.evaluate(
        values.reduce((outer, [variable, value]) => bind(outer, variable, value.evaluate(scope)), scope),
      ),
  };
}
