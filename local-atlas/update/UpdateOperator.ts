import type { Environment } from "../expressions/Environment.ts";

/** What an operator may know beside the value and its argument. */
export interface OperatorContext {
  /** The update inserts a new document (an upsert). */
  readonly isInsert: boolean;
  /** The time and the variables of the command. */
  readonly environment: Environment;
}

/** One update operator, as it acts on the value at one concrete path. */
export interface UpdateOperator {
  /** Makes the documents on the way to a path that is not there. */
  readonly creates: boolean;
  /** Gives the same value (by identity) to leave it as it is; throws `CommandError`. */
  readonly apply: (current: unknown, argument: unknown, context: OperatorContext) => unknown;
  /** True when the operator does not count this time. */
  readonly skip?: (context: OperatorContext) => boolean;
}

/** Operators by their names. */
export type OperatorTable = Readonly<Record<string, UpdateOperator>>;
