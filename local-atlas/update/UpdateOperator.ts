import type { Variables } from "../query/compileFilter.ts";

/** What an operator may know beside the value and its argument. */
export interface OperatorContext {
  /** The update inserts a new document (an upsert). */
  readonly isInsert: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** `let` of the command, for an update by a pipeline. */
  readonly variables?: Variables | undefined;
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
