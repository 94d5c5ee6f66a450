import type { Environment } from "../expressions/Environment.ts";
import type { Scope } from "../expressions/Expression.ts";

/** Gathers one value of many documents. */
export interface Accumulator {
  readonly add: (scope: Scope) => void;
  /** The value so far; `undefined` where there is none. */
  readonly result: () => unknown;
}

/** Begins a new group. The scope has the group's `_id` for its document. */
export type StartAccumulator = (group: Scope) => Accumulator;

/** An operator of `$group`: checks its argument once; throws `CommandError`. */
export type AccumulatorOperator = (
  argument: unknown,
  environment: Environment,
  name: string,
) => StartAccumulator;

/** Accumulators by their names. */
export type AccumulatorTable = Readonly<Record<string, AccumulatorOperator>>;
