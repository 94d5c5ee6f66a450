import { CommandError } from "../errors/CommandError.ts";
import type { Environment } from "./Environment.ts";
import { type Expression, folded } from "./Expression.ts";

/** What an operator may know when it is compiled. */
export interface CompileContext {
  readonly environment: Environment;
  /** The variables that operators around this one give values. */
  readonly bound: ReadonlySet<string>;
  /** Compiles an expression inside of this one. */
  readonly compile: (expression: unknown, context: CompileContext) => Expression;
}

/** An operator: makes an expression of its argument; throws `CommandError` for an argument of the wrong form. */
export type Operator = (argument: unknown, context: CompileContext, name: string) => Expression;

/** Operators by their names. */
export type OperatorTable = Readonly<Record<string, Operator>>;

/** Calculates a value of those of the operands; `name` is the operator's, for messages. */
type Calculation = (values: readonly unknown[], context: CompileContext, name: string) => unknown;

/** An operator of any number of operands within limits, all of which are evaluated first. */
export function operands(least: number, most: number, calculate: Calculation): Operator {
  return (argument, context, name) => {
    const inner = compileOperands(argument, context, name, least, most);
    return folded({
      isConstant: inner.every((operand) => operand.isConstant),
      evaluate: (scope) =>
        calculate(
          inner.map((operand) => operand.evaluate(scope)),
          context,
          name,
        ),
    });
  };
}

/** An operator of exactly one operand. */
export function unary(
  calculate: (value: unknown, context: CompileContext, name: string) => unknown,
): Operator {
  return (argument, context, name) => {
    const [operand] = compileOperands(argument, context, name, 1, 1);
    if (operand === undefined) throw wrongCount(name, 1, 1, 0);
    return folded({
      isConstant: operand.isConstant,
      evaluate: (scope) => calculate(operand.evaluate(scope), context, name),
    });
  };
}

/** Operands as an array, or one that stands alone. */
export function compileOperands(
  argument: unknown,
  context: CompileContext,
  name: string,
  least: number,
  most: number,
): readonly Expression[] {
  const items: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
  if (items.length < least || items.length > most) throw wrongCount(name, least, most, items.length);
  return items.map((item) => context.compile(item, context));
}

function wrongCount(name: string, least: number, most: number, count: number): CommandError {
  if (least === most) {
    return new CommandError(
      16020,
      `Expression ${name} takes exactly ${least} arguments. ${count} were passed in.`,
    );
  }
  return new CommandError(
    28667,
    `Expression ${name} takes at least ${least} arguments, and at most ${most}, but ${count} were passed in.`,
  );
}
