import { isDocument } from "../bson/BsonDocument.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError, type ErrorName } from "../errors/CommandError.ts";
import type { CompileContext, Operator } from "./Operator.ts";
import { type Expression, folded, type Scope } from "./Expression.ts";

/** A code of the server's: a name, or the number of a place in its source. */
type Code = ErrorName | number;

/** The form of an operator's argument that is an object: its fields and the codes of what can be wrong with them. */
export interface Shape<Required extends string, Optional extends string> {
  readonly notAnObject: Code;
  readonly unknown: Code;
  /** The fields that must be there, with the code of their absence. */
  readonly required: Readonly<Record<Required, Code>>;
  readonly optional: readonly Optional[];
}

/** The values of such fields; one that was not given is not there. */
export type Values<Field extends string> = Readonly<Partial<Record<Field, unknown>>>;

/** Takes an object apart and checks its form, without compiling anything. */
export function fieldsOf<Required extends string, Optional extends string>(
  argument: unknown,
  name: string,
  shape: Shape<Required, Optional>,
): Values<Required | Optional> {
  if (!isDocument(argument)) {
    throw new CommandError(
      shape.notAnObject,
      `${name} only supports an object as its argument, found: ${typeName(argument)}`,
    );
  }
  const known = new Set<string>([...Object.keys(shape.required), ...shape.optional]);
  const unknown = Object.keys(argument).find((field) => !known.has(field));
  if (unknown !== undefined) {
    throw new CommandError(shape.unknown, `${name} found an unknown argument: ${unknown}`);
  }
  for (const [field, code] of Object.entries<Code>(shape.required)) {
    if (Object.hasOwn(argument, field)) continue;
    throw new CommandError(code, `Missing '${field}' parameter to ${name}`);
  }
  return argument as Values<Required | Optional>;
}

/** The fields of an argument as compiled expressions. */
type Compiled<Field extends string> = Readonly<Partial<Record<Field, Expression>>>;

/** An operator with named arguments, each of which is an expression. `calculate` evaluates those that it needs. */
export function named<Required extends string, Optional extends string>(
  shape: Shape<Required, Optional>,
  calculate: (
    inner: Evaluated<NoInfer<Required | Optional>>,
    context: CompileContext,
    name: string,
  ) => unknown,
): Operator {
  return (argument, context, name) => {
    const fields = Object.entries(fieldsOf(argument, name, shape));
    const inner = Object.fromEntries(
      fields.map(([field, value]) => [field, context.compile(value, context)]),
    ) as Compiled<Required | Optional>;
    return folded({
      isConstant: Object.values<Expression | undefined>(inner).every((value) => value?.isConstant !== false),
      evaluate: (scope) => calculate(evaluatedIn(inner, scope), context, name),
    });
  };
}

/** Gives the value of a field when it is asked for; `undefined` for one that was not given. */
export interface Evaluated<Field extends string> {
  readonly get: (field: Field) => unknown;
  readonly has: (field: Field) => boolean;
}

function evaluatedIn<Field extends string>(inner: Compiled<Field>, scope: Scope): Evaluated<Field> {
  return {
    get: (field) => inner[field]?.evaluate(scope),
    has: (field) => inner[field] !== undefined,
  };
}
