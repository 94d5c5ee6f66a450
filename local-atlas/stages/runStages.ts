import type { BsonDocument } from "../bson/BsonDocument.ts";
import { compilePipeline, type PipelineContext } from "./compilePipeline.ts";
import { allOf } from "./flows.ts";

/** Runs a pipeline over documents at once. */
export function runStages(
  documents: readonly BsonDocument[],
  stages: readonly BsonDocument[],
  context: PipelineContext,
): readonly BsonDocument[] {
  return allOf(compilePipeline(stages, context)(documents));
}
