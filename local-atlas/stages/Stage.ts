import type { BsonDocument } from "../bson/BsonDocument.ts";
import type { Environment } from "../expressions/Environment.ts";

/**
 * Documents one after the other. `null` is a step that gave none: there, whoever reads may let others have their
 * turn, since a `$group` or a `$sort` takes all of its input before it gives anything.
 */
export type Flow = Iterable<BsonDocument | null>;

/** A stage whose argument is checked: documents in, documents out. */
export type RunningStage = (input: Flow) => Flow;

/** What stages may know beside the documents. */
export interface StageContext {
  readonly environment: Environment;
  /** All documents of another collection of the database, for `$lookup` and its like. */
  readonly collection: (name: string) => Flow;
  /** In how many other pipelines this one is; 0 where it is not told. */
  readonly depth?: number;
  /** Compiles the pipeline of a stage that has one. */
  readonly compilePipeline: (stages: readonly unknown[], context: StageContext) => RunningStage;
}

/** Checks the argument of a stage; throws `CommandError`. */
export type StageOperator = (argument: unknown, context: StageContext, name: string) => RunningStage;

/** Stages by their names. */
export type StageTable = Readonly<Record<string, StageOperator>>;
