import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { documentOf } from "../bson/orderedDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { Environment } from "./Environment.ts";
import { constant, type Expression, folded, NO_DOCUMENT } from "./Expression.ts";
import { checkFieldName, checkNewVariable, compileFieldPath } from "./fieldPath.ts";
import type { CompileContext } from "./Operator.ts";
import { OPERATORS, REFUSED } from "./operatorTable.ts";

/** Compiles an expression once, to be evaluated for many documents; throws the server's error for a malformed one. */
export function compileExpression(expression: unknown, environment: Environment): Expression {
  return compile(expression, { environment, bound: new Set(), compile });
}

/** `compileExpression` where further variables are bound: by a stage like `$redact`. */
export function compileWithin(
  expression: unknown,
  environment: Environment,
  bound: ReadonlySet<string>,
): Expression {
  return compile(expression, { environment, bound, compile });
}

/** The values of the `let` of a command, whose expressions may not read a document. */
export function evaluateVariables(
  expressions: BsonDocument,
  environment: Environment,
): ReadonlyMap<string, unknown> {
  return new Map(
    Object.entries(expressions).map(([name, expression]) => {
      checkNewVariable(name);
      const compiled = compileExpression(expression, environment);
      if (!compiled.isConstant && compiled.path !== undefined) {
        throw new CommandError(
          4890500,
          "Command let Expression tried to access a field, but this is not allowed because command let expressions run before the query examines any documents.",
        );
      }
      return [name, compiled.evaluate(NO_DOCUMENT)];
    }),
  );
}

/** True for an operator of expressions, also one that we have not. */
export function isExpressionName(name: string): boolean {
  return Object.hasOwn(OPERATORS, name) || REFUSED.has(name);
}

function compile(expression: unknown, context: CompileContext): Expression {
  if (typeof expression === "string") {
    return expression.startsWith("$") ? compileFieldPath(expression, context) : constant(expression);
  }
  if (Array.isArray(expression)) return compileArray(expression, context);
  if (isDocument(expression)) return compileObject(expression, context);
  return constant(expression);
}

function compileArray(items: readonly unknown[], context: CompileContext): Expression {
  const inner = items.map((item) => compile(item, context));
  return folded({
    isConstant: inner.every((item) => item.isConstant),
    evaluate: (scope) => inner.map((item) => item.evaluate(scope) ?? null),
  });
}

function compileObject(fields: BsonDocument, context: CompileContext): Expression {
  const [first] = Object.keys(fields);
  if (first?.startsWith("$")) return compileOperator(fields, first, context);
  const inner = Object.entries(fields).map(([name, value]) => {
    checkFieldName(name);
    return [name, compile(value, context)] as const;
  });
  return folded({
    isConstant: inner.every(([, value]) => value.isConstant),
    evaluate: (scope) => documentOf(inner.map(([name, value]) => [name, value.evaluate(scope)])),
  });
}

function compileOperator(fields: BsonDocument, name: string, context: CompileContext): Expression {
  if (Object.keys(fields).length !== 1) {
    throw new CommandError(15983, "An object representing an expression must have exactly one field");
  }
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (operator !== undefined) return operator(fields[name], context, name);
  if (REFUSED.has(name)) throw new CommandError("NotImplemented", `${name} is not supported by this server`);
  throw new CommandError("InvalidPipelineOperator", `Unrecognized expression '${name}'`);
}
