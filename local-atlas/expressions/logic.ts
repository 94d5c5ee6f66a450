import { compileOperands, type Operator, type OperatorTable, unary } from "./Operator.ts";
import { folded } from "./Expression.ts";
import { isTruthy } from "../bson/values.ts";

/** Conditions made of conditions. What comes after the one that decides is not evaluated. */
export const LOGIC: OperatorTable = {
  $and: decides(false),
  $or: decides(true),
  $not: unary((value) => !isTruthy(value)),
};

function decides(decisive: boolean): Operator {
  return (argument, context, name) => {
    const inner = compileOperands(argument, context, name, 0, Infinity);
    return folded({
      isConstant: inner.every((operand) => operand.isConstant),
      evaluate: (scope) =>
        inner.some((operand) => isTruthy(operand.evaluate(scope)) === decisive) ? decisive : !decisive,
    });
  };
}
