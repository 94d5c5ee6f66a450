import type { BsonDocument } from "../bson/BsonDocument.ts";

/** A variable that an operator like `$map` or `$let` gives a value, and those outside of it. */
interface Binding {
  readonly name: string;
  readonly value: unknown;
  readonly outer: Binding | null;
}

/** What an expression is evaluated in. */
export interface Scope {
  readonly root: BsonDocument;
  readonly bound: Binding | null;
}

/** A value that is calculated anew for each document; `undefined` stands for a missing field. */
export interface Expression {
  readonly evaluate: (scope: Scope) => unknown;
  /** Whether it has the same value for every document. */
  readonly isConstant: boolean;
  /** The text of the path, where the expression is nothing but a path. */
  readonly path?: string;
}

/** A scope with one more variable. */
export function bind(scope: Scope, name: string, value: unknown): Scope {
  return { root: scope.root, bound: { name, value, outer: scope.bound } };
}

/** The expression that always has one value. */
export function constant(value: unknown): Expression {
  return { evaluate: () => value, isConstant: true };
}

/** The scope of what reads no document. */
export const NO_DOCUMENT: Scope = { root: {}, bound: null };

/** Calculates a constant once, so that its errors come at once too, as the server's do. */
export function folded(expression: Expression): Expression {
  return expression.isConstant ? constant(expression.evaluate(NO_DOCUMENT)) : expression;
}

/** The value of an expression that is the same for every document; `undefined` for another one. */
export function constantValue(expression: Expression): unknown {
  return expression.isConstant ? expression.evaluate(NO_DOCUMENT) : undefined;
}
