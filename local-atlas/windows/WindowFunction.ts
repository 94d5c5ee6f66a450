import type { BsonDocument } from "../bson/BsonDocument.ts";
import type { Environment } from "../expressions/Environment.ts";

/** Gives a value for each document of a partition, which is in its order. */
export type WindowFunction = (partition: readonly BsonDocument[]) => readonly unknown[];

/** The documents that a window holds: positions in the partition, the end not included. */
export type Window = (partition: readonly BsonDocument[], index: number) => readonly [number, number];

/** What a window operator may know beside its argument. */
export interface WindowContext {
  readonly name: string;
  readonly window: unknown;
  readonly sortBy: BsonDocument | null;
  readonly environment: Environment;
}

/** Makes a window function of an argument; throws `CommandError`. */
export type WindowOperator = (argument: unknown, context: WindowContext) => WindowFunction;
